"""Pictures of `06_break_it`."""

from itertools import pairwise

from pictures.drawing import Arrow, Box, Picture

STAGES, VERDICTS = 70, 190
CENTRES = (95, 281, 467, 653, 839)

PICTURES = (
    Picture(
        name="where-a-fault-shows",
        title="Where a fault shows",
        description=(
            "Five boxes from left to right, each with an arrow down to what is said when it goes wrong there. Compose "
            "reads the file: compose refuses the file, and nothing starts. The image's script reads the variables: "
            "image script exits, and the container starts again and again. The server starts: storage format fails, "
            "broker refuses to start or server refuses to start, and the container starts again and again. Clients "
            "connect: starts but clients fail, and the fault shows in the logs of others. Docker compose down and up: "
            "works, and the data is gone."
        ),
        width=934,
        height=250,
        boxes=(
            Box(CENTRES[0], STAGES, 150, 76, "yours", ("file", "Compose reads", "the whole file")),
            Box(CENTRES[1], STAGES, 150, 76, "program", ("script", "of the image, reads", "the variables")),
            Box(CENTRES[2], STAGES, 150, 76, "data", ("server", "reads its settings,", "opens its data")),
            Box(CENTRES[3], STAGES, 150, 76, "program", ("clients", "other containers", "connect")),
            Box(CENTRES[4], STAGES, 150, 76, "store", ("down, up", "new containers,", "the same data?")),
            Box(
                CENTRES[0], VERDICTS, 170, 90, "wrong", ("compose refuses", "the file", "(nothing starts)"), named=False
            ),
            Box(CENTRES[1], VERDICTS, 170, 90, "wrong", ("image script exits", "(again and again)"), named=False),
            Box(
                CENTRES[2],
                VERDICTS,
                170,
                90,
                "wrong",
                ("storage format fails", "broker refuses to start", "server refuses to start", "(again and again)"),
                named=False,
            ),
            Box(
                CENTRES[3],
                VERDICTS,
                170,
                90,
                "wrong",
                ("starts but clients fail", "(it looks well; the", "others complain)"),
                named=False,
            ),
            Box(CENTRES[4], VERDICTS, 170, 90, "wrong", ("works", "(and the data is gone)"), named=False),
        ),
        arrows=(
            *(Arrow(((left + 75, STAGES), (right - 77, STAGES))) for left, right in pairwise(CENTRES)),
            *(Arrow(((centre, STAGES + 38), (centre, VERDICTS - 47))) for centre in CENTRES),
        ),
    ),
)
