"""The picture of the platform, for `05_whole_system` and for docs/platform.md."""

from pictures.drawing import Arrow, Box, Picture

TOP, BOTTOM, VOLUMES = 100, 270, 362

PICTURES = (
    Picture(
        name="platform",
        title="The Social Commerce Platform",
        description=(
            "You send requests to the app at port 8000 of your computer. The app stores each change in MongoDB and "
            "sends an event to Kafka, to one of the topics users, products, orders and posts. mysql-service reads the "
            "events and writes rows to MySQL. MongoDB, Kafka and MySQL keep their data in named volumes; app and "
            "mysql-service get their code through bind mounts."
        ),
        width=880,
        height=390,
        boxes=(
            Box(70, TOP, 110, 62, "yours", ("you", "browser, curl")),
            Box(285, TOP, 150, 78, "program", ("app", "FastAPI, Beanie", "port 8000")),
            Box(285, BOTTOM, 150, 62, "data", ("mongodb", "port 27017")),
            Box(530, TOP, 180, 78, "data", ("kafka", "port 9092", "(controller 29093)")),
            Box(785, TOP, 160, 78, "program", ("mysql-service", "consumer", "no port")),
            Box(785, BOTTOM, 160, 62, "data", ("mysql", "port 3306")),
            Box(165, TOP - 28, 62, 26, "label", ("HTTP",), named=False),
            Box(285, 187, 150, 26, "label", ("1. stores documents",), named=False),
            Box(401, 42, 150, 26, "label", ("2. sends an event",), named=False),
            Box(657, 42, 150, 26, "label", ("3. reads the event",), named=False),
            Box(785, 187, 120, 26, "label", ("4. writes rows",), named=False),
            Box(530, 187, 184, 44, "label", ("topics: users, products,", "orders, posts"), named=False),
            Box(285, VOLUMES, 150, 30, "store", ("named volume",), named=False),
            Box(530, VOLUMES, 150, 30, "store", ("named volume",), named=False),
            Box(785, VOLUMES, 150, 30, "store", ("named volume",), named=False),
            Box(
                102,
                BOTTOM,
                180,
                62,
                "store",
                ("bind mounts", "./apps and ./shared:", "code of the two programs"),
                named=False,
            ),
        ),
        arrows=(
            Arrow(((125, TOP), (206, TOP))),
            Arrow(((285, 139), (285, 235))),
            Arrow(((360, TOP - 10), (436, TOP - 10))),
            Arrow(((620, TOP - 10), (701, TOP - 10))),
            Arrow(((785, 139), (785, 235))),
            Arrow(((285, 301), (285, 343)), dashed=True),
            Arrow(((530, 139), (530, 343)), dashed=True),
            Arrow(((785, 301), (785, 343)), dashed=True),
            Arrow(((401, 55), (401, TOP - 14)), dashed=True),
            Arrow(((657, 55), (657, TOP - 14)), dashed=True),
        ),
    ),
)
