"""Pictures of `03_kraft`."""

from pictures.drawing import Arrow, Box, Picture

ROW = 112  # the middle of the topic's messages
OFFSETS = tuple(Box(280 + 75 * number, ROW, 66, 56, "store", (str(number), "`order`")) for number in range(5))

PICTURES = (
    Picture(
        name="kafka-carries-events",
        title="What Kafka is for",
        description=(
            "Three boxes from left to right. The app is a producer. The broker kafka keeps the topic orders: five "
            "messages with the offsets 0 to 4. The app writes at the end of the topic, and the MySQL service, a "
            "consumer in a group, reads it in order. Below the message 2 the broker has noted: the group has read up "
            "to here."
        ),
        width=860,
        height=220,
        boxes=(
            Box(90, ROW, 150, 70, "program", ("app", "producer:", "writes at the end")),
            Box(430, 38, 380, 30, "data", ("kafka: the broker keeps the topic orders",)),
            *OFFSETS,
            Box(430, 180, 330, 26, "yours", ("noted for the group: it has read up to 2",), named=False),
            Box(770, ROW, 160, 70, "program", ("mysql-service", "consumer in a group:", "reads in order")),
        ),
        arrows=(
            Arrow(((220, 12), (640, 12), (640, 208), (220, 208), (220, 12)), dashed=True),
            Arrow(((165, ROW), (217, ROW))),
            Arrow(((642, ROW), (687, ROW))),
            Arrow(((430, 166), (430, 141)), dashed=True),
        ),
    ),
    Picture(
        name="voter-entry",
        title="The three parts of a voter entry",
        description=(
            "The entry 7@broker-a:19093 in three parts. 7, before the at sign, is the node id: a node that finds its "
            "own number here may vote. broker-a, between the at sign and the colon, is the host: the name under which "
            "the other nodes, and the node's own broker half, reach the controller. 19093, behind the colon, is the "
            "port: that of the controller's door, not that of the clients."
        ),
        width=860,
        height=210,
        boxes=(
            Box(150, 45, 220, 44, "data", ("7",)),
            Box(285, 45, 34, 44, "label", ("@",)),
            Box(430, 45, 240, 44, "data", ("broker-a",)),
            Box(575, 45, 34, 44, "label", (":",)),
            Box(710, 45, 220, 44, "data", ("19093",)),
            Box(150, 150, 240, 90, "program", ("node id", "whoever has this number", "may vote")),
            Box(430, 150, 280, 90, "program", ("host", "under this name the others, and the", "broker half, reach it")),
            Box(710, 150, 240, 90, "program", ("port", "that of the controller's door,", "not that of the clients")),
        ),
        arrows=(
            Arrow(((150, 105), (150, 67)), dashed=True),
            Arrow(((430, 105), (430, 67)), dashed=True),
            Arrow(((710, 105), (710, 67)), dashed=True),
        ),
    ),
    Picture(
        name="two-doors",
        title="One door for clients, one for the controller",
        description=(
            "On the left the app and the MySQL service. Both go through the door for clients, port 9092, into the "
            "container kafka, where the broker half is. Below it in the same container is the controller half, behind "
            "a door of its own, port 29093. The broker half uses that door to register; no client does."
        ),
        width=860,
        height=290,
        boxes=(
            Box(95, 75, 150, 60, "program", ("app", "writes events")),
            Box(95, 165, 150, 60, "program", ("mysql-service", "reads events")),
            Box(590, 38, 300, 26, "yours", ("the container kafka, one process",), named=False),
            Box(330, 120, 190, 60, "store", ("a door", "for clients, port 9092")),
            Box(690, 120, 240, 70, "data", ("broker half", "keeps the messages")),
            Box(330, 225, 190, 60, "store", ("a door", "for the controller, 29093")),
            Box(690, 225, 240, 70, "data", ("controller half", "keeps the metadata")),
        ),
        arrows=(
            Arrow(((330, 15), (850, 15), (850, 280), (330, 280), (330, 15)), dashed=True),
            Arrow(((170, 75), (200, 75), (200, 112), (232, 112))),
            Arrow(((170, 165), (200, 165), (200, 128), (232, 128))),
            Arrow(((425, 120), (568, 120))),
            Arrow(((620, 155), (620, 173), (370, 173), (370, 193))),
            Arrow(((425, 225), (568, 225))),
        ),
    ),
    Picture(
        name="one-metadata-request",
        title="The life of one metadata request",
        description=(
            "The app, a client, is on the left and the broker kafka on the right. First arrow, from the app to the "
            "broker: to the bootstrap server, which brokers are there? Second arrow, back: the answer, the address "
            "that is advertised. Then one of two things happens. If the address is a name of the network, a third "
            "arrow leads from the app to the broker again, and all messages go there. If it is localhost, the arrow "
            "leads from the app back to the app: in its own container nobody listens."
        ),
        width=860,
        height=310,
        boxes=(
            Box(90, 155, 150, 280, "program", ("app", "the client")),
            Box(770, 155, 150, 280, "data", ("kafka", "the broker")),
            Box(430, 50, 400, 34, "label", ("1  to the bootstrap server: which brokers are there?",), named=False),
            Box(430, 115, 400, 34, "label", ("2  the answer: the address that is advertised",), named=False),
            Box(430, 185, 400, 34, "data", ("3  a name of the network: all messages go there",), named=False),
            Box(455, 255, 430, 34, "wrong", ("3  localhost: the app calls itself, and nobody listens",), named=False),
        ),
        arrows=(
            Arrow(((165, 50), (228, 50))),
            Arrow(((630, 50), (693, 50))),
            Arrow(((695, 115), (632, 115))),
            Arrow(((230, 115), (167, 115))),
            Arrow(((165, 185), (228, 185))),
            Arrow(((630, 185), (693, 185))),
            Arrow(((165, 240), (205, 240), (205, 270), (167, 270))),
        ),
    ),
    Picture(
        name="four-places",
        title="The four places at which Kafka can fail",
        description=(
            "Four boxes from left to right, and below each the words for a container that fails there. The start "
            "script wants some variables and writes the properties: image script exits. The storage format reads all "
            "properties and stamps the data folder: storage format fails. The broker opens its doors and registers "
            "with the controller: broker refuses to start. Then the clients come: starts but clients fail."
        ),
        width=860,
        height=190,
        boxes=(
            Box(110, 60, 190, 92, "program", ("start script", "wants some variables,", "writes the properties")),
            Box(323, 60, 190, 92, "program", ("storage format", "reads all properties,", "stamps the folder")),
            Box(537, 60, 190, 92, "program", ("broker", "opens its doors,", "registers")),
            Box(750, 60, 190, 92, "data", ("clients", "write and read")),
            Box(110, 158, 190, 32, "wrong", ("image script exits",), named=False),
            Box(323, 158, 190, 32, "wrong", ("storage format fails",), named=False),
            Box(537, 158, 190, 32, "wrong", ("broker refuses to start",), named=False),
            Box(750, 158, 190, 32, "wrong", ("starts but clients fail",), named=False),
        ),
        arrows=(
            Arrow(((205, 60), (226, 60))),
            Arrow(((418, 60), (440, 60))),
            Arrow(((632, 60), (653, 60))),
            Arrow(((110, 106), (110, 140))),
            Arrow(((323, 106), (323, 140))),
            Arrow(((537, 106), (537, 140))),
            Arrow(((750, 106), (750, 140))),
        ),
    ),
)
