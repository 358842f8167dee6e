"""Pictures of `02_databases`."""

from pictures.drawing import Arrow, Box, Picture

ROWS = (90, 140, 190)
VARIABLES = ("`MYSQL_USER`", "`MYSQL_PASSWORD`", "`MYSQL_DATABASE`")
MIDDLE = 80

PICTURES = (
    Picture(
        name="first-start",
        title="The first start and every other one",
        description=(
            "The container starts its start script. The script asks: is the data folder empty? If it is, the script "
            "makes root, the database and the user from the variables; then the server starts. If it is not, an arrow "
            "leads straight to the server: the variables change nothing."
        ),
        width=860,
        height=230,
        boxes=(
            Box(90, 70, 140, 66, "yours", ("container", "is started")),
            Box(300, 70, 190, 66, "program", ("start script", "data folder empty?")),
            Box(550, 70, 210, 84, "program", ("first start", "makes root, database,", "user from the variables")),
            Box(775, 70, 130, 66, "data", ("server", "runs")),
            Box(420, 44, 40, 22, "label", ("yes",), named=False),
            Box(537, 195, 310, 30, "label", ("no: the variables change nothing",), named=False),
        ),
        arrows=(
            Arrow(((160, 70), (203, 70))),
            Arrow(((395, 70), (443, 70))),
            Arrow(((655, 70), (708, 70))),
            Arrow(((300, 103), (300, 195), (775, 195), (775, 105))),
        ),
    ),
    Picture(
        name="must-match",
        title="What must match",
        description=(
            "Two containers side by side, each with an environment of its own that holds MYSQL_USER, MYSQL_PASSWORD "
            "and MYSQL_DATABASE. In mysql the three say what the first start makes. In mysql-service they say what is "
            "used to log in. A dashed line joins each to the one of the same name: the values must be the same, but "
            "nothing carries them over."
        ),
        width=860,
        height=240,
        boxes=(
            Box(170, 120, 300, 226, "data", (), named=False),
            Box(690, 120, 300, 226, "program", (), named=False),
            Box(170, 38, 240, 44, "data", ("mysql", "what the first start makes")),
            Box(690, 38, 240, 44, "program", ("mysql-service", "what is used to log in")),
            *(Box(170, y, 220, 32, "label", (name,), named=False) for y, name in zip(ROWS, VARIABLES, strict=True)),
            *(Box(690, y, 220, 32, "label", (name,), named=False) for y, name in zip(ROWS, VARIABLES, strict=True)),
            *(Box(430, y, 150, 26, "label", ("the same text",), named=False) for y in ROWS),
        ),
        arrows=tuple(Arrow(((280, y), (580, y)), dashed=True) for y in ROWS),
    ),
    Picture(
        name="healthy",
        title="When mysql-service starts",
        description=(
            "Four boxes from left to right. At 0 seconds mysql is started and the first start does its work. At 90 "
            "seconds the health check runs for the first time, and a server answers the ping. So mysql is healthy. "
            "Only then mysql-service is started, and logs in with its own values: right or wrong, nobody has tried "
            "them before."
        ),
        width=860,
        height=160,
        boxes=(
            Box(110, MIDDLE, 190, 92, "data", ("0 seconds", "mysql is started,", "first start")),
            Box(330, MIDDLE, 170, 92, "program", ("90 seconds", "first ping:", "a server answers")),
            Box(525, MIDDLE, 130, 92, "data", ("healthy", "nobody has", "logged in yet")),
            Box(745, MIDDLE, 200, 92, "program", ("mysql-service", "is started and logs in", "with its own values")),
        ),
        arrows=(
            Arrow(((205, MIDDLE), (243, MIDDLE))),
            Arrow(((415, MIDDLE), (458, MIDDLE))),
            Arrow(((590, MIDDLE), (643, MIDDLE))),
        ),
    ),
)
