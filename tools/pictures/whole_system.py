"""Pictures of `05_whole_system`."""

from pictures.drawing import Box, Picture

PICTURES = (
    Picture(
        name="what-a-test-reaches",
        title="What a test reaches",
        description=(
            "Five services in a row: mongodb, app, kafka, mysql-service, mysql. Below, bars show how far each test "
            "reaches. A ping reaches mongodb alone, the list of topics kafka alone, mysqladmin ping mysql alone. The "
            "page /health reaches mongodb, app and kafka. An order that is looked for in MySQL reaches all five. The "
            "last bar: down, up and the same questions again reach all five and the volumes below them."
        ),
        width=880,
        height=330,
        boxes=(
            Box(95, 46, 150, 44, "data", ("mongodb",)),
            Box(267, 46, 150, 44, "program", ("app",)),
            Box(440, 46, 150, 44, "data", ("kafka",)),
            Box(612, 46, 150, 44, "program", ("mysql-service",)),
            Box(785, 46, 150, 44, "data", ("mysql",)),
            Box(95, 110, 150, 34, "label", ("ping",), named=False),
            Box(440, 110, 150, 34, "label", ("list of topics",), named=False),
            Box(785, 110, 150, 34, "label", ("mysqladmin ping",), named=False),
            Box(267, 164, 494, 34, "label", ("/health",), named=False),
            Box(440, 218, 840, 34, "label", ("an order, found in MySQL",), named=False),
            Box(
                440,
                284,
                840,
                52,
                "store",
                ("down, up, and the same order once more:", "this reaches the named volumes, too"),
                named=False,
            ),
        ),
    ),
)
