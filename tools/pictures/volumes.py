"""Pictures of `01_volumes`."""

from pictures.drawing import Arrow, Box, Picture

SEEN, BEHIND = 150, 620
PLACES = (
    (70, "`/tmp`", Box(BEHIND, 70, 330, 56, "label", ("the container itself", "goes with the container"))),
    (140, "`/data/db`", Box(BEHIND, 140, 330, 56, "store", ("named volume", "Docker keeps it under a name of yours"))),
    (210, "`/data/configdb`", Box(BEHIND, 210, 330, 56, "store", ("anonymous volume", "under a random name"))),
    (280, "`/app`", Box(BEHIND, 280, 330, 56, "yours", ("bind mount", "a folder of your computer"))),
)

PICTURES = (
    Picture(
        name="where-a-write-goes",
        title="Where a write goes",
        description=(
            "On the left a container with the folders that it sees: /tmp, /data/db, /data/configdb and /app. From each "
            "an arrow leads to what lies behind it. Behind /tmp lies the container itself, which goes with the "
            "container. Behind /data/db lies a named volume, which Docker keeps under a name of yours. Behind "
            "/data/configdb lies an anonymous volume, under a random name. Behind /app lies a bind mount, a folder of "
            "your computer."
        ),
        width=860,
        height=330,
        boxes=(
            Box(SEEN, 165, 240, 310, "program", (), named=False),
            Box(SEEN, 27, 200, 22, "program", ("what a container sees",), named=False),
            *(Box(SEEN, y, 180, 36, "label", (folder,), named=False) for y, folder, _ in PLACES),
            *(place for _, _, place in PLACES),
        ),
        arrows=tuple(Arrow(((240, y), (453, y))) for y, _, _ in PLACES),
    ),
    Picture(
        name="mounted-too-high",
        title="A volume that is mounted too high",
        description=(
            "MongoDB writes to /data/db. An arrow leads from it to an anonymous volume at /data/db, which the image "
            "asks for and which gets everything. That box lies on top of a larger one: the named volume box at /data. "
            "It is mounted, but nothing is written to it, so it stays empty."
        ),
        width=860,
        height=220,
        boxes=(
            Box(110, 145, 180, 76, "data", ("MongoDB", "writes to", "`/data/db`")),
            Box(580, 110, 520, 200, "store", (), named=False),
            Box(580, 45, 440, 50, "store", ("named volume box at /data", "stays empty")),
            Box(
                520,
                145,
                440,
                84,
                "wrong",
                ("anonymous volume at /data/db", "the image asks for it; it gets everything"),
            ),
        ),
        arrows=(Arrow(((200, 145), (298, 145))),),
    ),
    Picture(
        name="one-on-top-of-the-other",
        title="Two mounts, one on top of the other",
        description=(
            "On the left two folders of your computer: ./apps/mongo_backend with main.py, db and an empty folder "
            "shared, and ./shared with events.py and kafka. An arrow leads from ./apps/mongo_backend to a large box, "
            "/app in the container, where main.py and db are seen. Another leads from ./shared to /app/shared, a "
            "smaller box that lies on top of the large one, where events.py and kafka are seen. It hides the empty "
            "folder."
        ),
        width=860,
        height=270,
        boxes=(
            Box(150, 70, 260, 84, "yours", ("./apps/mongo_backend", "`main.py  db`", "`shared (empty)`")),
            Box(150, 195, 260, 66, "yours", ("./shared", "`events.py  kafka`")),
            Box(630, 135, 420, 250, "program", (), named=False),
            Box(630, 70, 340, 60, "program", ("/app", "`main.py  db`")),
            Box(580, 195, 380, 84, "data", ("/app/shared", "`events.py  kafka`", "hides the empty folder")),
        ),
        arrows=(
            Arrow(((280, 70), (418, 70))),
            Arrow(((280, 195), (388, 195))),
        ),
    ),
)
