"""Pictures of `00_start_here`."""

from pictures.drawing import Arrow, Box, Picture

MIDDLE = 70

PICTURES = (
    Picture(
        name="from-file-to-container",
        title="What happens to a value",
        description=(
            "Four boxes from left to right. In your file stands B: 1.0. YAML decides that this is the number one, and "
            "no text. Compose puts variables in, of which there are none here, and makes a text of the number. The "
            "container gets B with the text 1."
        ),
        width=860,
        height=140,
        boxes=(
            Box(95, MIDDLE, 150, 92, "yours", ("your file", "docker-compose.yml", "`B: 1.0`")),
            Box(315, MIDDLE, 170, 92, "program", ("YAML", "text or number?", "the number one")),
            Box(545, MIDDLE, 170, 92, "program", ("Compose", "puts variables in,", "makes a text of it")),
            Box(765, MIDDLE, 150, 92, "data", ("container", "only gets text", "`B=1`")),
        ),
        arrows=(
            Arrow(((170, MIDDLE), (228, MIDDLE))),
            Arrow(((400, MIDDLE), (458, MIDDLE))),
            Arrow(((630, MIDDLE), (688, MIDDLE))),
        ),
    ),
)
