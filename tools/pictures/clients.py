"""Pictures of `04_clients`."""

from pictures.drawing import Arrow, Box, Picture

MIDDLE = 65
ROW = 45  # the middle of the topic's messages
FIRST, STEP = 280, 75
MESSAGES = tuple(Box(FIRST + STEP * number, ROW, 66, 50, "store", (str(number), "`order`")) for number in range(5))

PICTURES = (
    Picture(
        name="way-of-a-variable",
        title="The way of a variable",
        description=(
            "Four boxes from left to right. In your file stands KAFKA_CLIENT_ID with the value somebody. The container "
            "gets the variable KAFKA_CLIENT_ID. The code asks for KAFKA_CLIENT_ID by this name. The Kafka client gets "
            "client.id with the value somebody."
        ),
        width=860,
        height=130,
        boxes=(
            Box(110, MIDDLE, 200, 84, "yours", ("your file", "any name is handed on", "`KAFKA_CLIENT_ID`")),
            Box(330, MIDDLE, 180, 84, "data", ("container", "has the variable", "`KAFKA_CLIENT_ID`")),
            Box(545, MIDDLE, 190, 84, "program", ("code", "asks for one name", '`"KAFKA_CLIENT_ID"`')),
            Box(760, MIDDLE, 180, 84, "program", ("Kafka client", "knows its own names", "`client.id`")),
        ),
        arrows=(
            Arrow(((210, MIDDLE), (238, MIDDLE))),
            Arrow(((420, MIDDLE), (448, MIDDLE))),
            Arrow(((640, MIDDLE), (668, MIDDLE))),
        ),
    ),
    Picture(
        name="own-localhost",
        title="Every container has its own localhost",
        description=(
            "Three containers side by side: app, mongodb and kafka. Above them is the network, which knows them under "
            "these names: asked for mongodb, it leads from the app to the container mongodb, and asked for kafka, to "
            "the container kafka. In each container localhost is the container itself. The app's localhost leads back "
            "to the app, where neither MongoDB nor Kafka runs."
        ),
        width=860,
        height=290,
        boxes=(
            Box(430, 35, 600, 34, "label", ("the network leads every service name to its container",), named=False),
            Box(140, 150, 220, 70, "program", ("app", "asks for mongodb and kafka")),
            Box(430, 150, 200, 70, "data", ("mongodb", "listens on 27017")),
            Box(720, 150, 200, 70, "data", ("kafka", "listens on 9092")),
            Box(140, 250, 240, 44, "wrong", ("localhost: the app itself,", "nobody listens"), named=False),
            Box(430, 250, 200, 44, "label", ("localhost: mongodb itself",), named=False),
            Box(720, 250, 200, 44, "label", ("localhost: kafka itself",), named=False),
        ),
        arrows=(
            Arrow(((150, 115), (150, 54))),
            Arrow(((430, 52), (430, 113))),
            Arrow(((720, 52), (720, 113))),
            Arrow(((100, 185), (100, 226))),
            Arrow(((180, 228), (180, 187))),
            Arrow(((400, 185), (400, 226))),
            Arrow(((460, 228), (460, 187))),
            Arrow(((690, 185), (690, 226))),
            Arrow(((750, 228), (750, 187))),
        ),
    ),
    Picture(
        name="two-groups",
        title="A bookmark for each group",
        description=(
            "A topic with five messages, 0 to 4. Below it two bookmarks: that of the group of the MySQL service is at "
            "message 3, that of another group at message 0. Below each bookmark stands who reads with it: of the two "
            "members of the first group one reads and the other stands by; one program is the other group."
        ),
        width=860,
        height=240,
        boxes=(
            Box(110, ROW, 170, 50, "label", ("the topic orders",), named=False),
            *MESSAGES,
            Box(FIRST, 125, 210, 34, "yours", ("another group: read up to 0",), named=False),
            Box(
                FIRST + 3 * STEP + 60, 125, 290, 34, "yours", ("group of the MySQL service: read up to 3",), named=False
            ),
            Box(FIRST, 200, 210, 50, "program", ("another program", "gets all messages too")),
            Box(FIRST + 3 * STEP - 15, 200, 140, 50, "program", ("member", "reads for the group")),
            Box(FIRST + 3 * STEP + 135, 200, 140, 50, "program", ("second one", "stands by")),
        ),
        arrows=(
            Arrow(((FIRST, 108), (FIRST, 72))),
            Arrow(((FIRST + 3 * STEP, 108), (FIRST + 3 * STEP, 72))),
            Arrow(((FIRST, 175), (FIRST, 142)), dashed=True),
            Arrow(((FIRST + 3 * STEP - 15, 175), (FIRST + 3 * STEP - 15, 142)), dashed=True),
            Arrow(((FIRST + 3 * STEP + 135, 175), (FIRST + 3 * STEP + 135, 142)), dashed=True),
        ),
    ),
)
