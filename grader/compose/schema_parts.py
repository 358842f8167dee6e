"""The rules that several keys share, and those of the larger parts of a service.

Compose: `schema/compose-spec.json` of compose-go 2.9.1.
"""

from grader.compose.schema import Schema

_NAME_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")
_LOWER_CASE = frozenset("abcdefghijklmnopqrstuvwxyz")


def is_name(key: str) -> bool:
    return key != "" and _NAME_CHARACTERS.issuperset(key)


def _is_word(key: str) -> bool:
    return key != "" and _LOWER_CASE.issuperset(key)


def _has_text(key: str) -> bool:
    return key.strip("\n") != ""


def is_line(key: str) -> bool:
    return key != "" and "\n" not in key


def object(**fields: Schema) -> Schema:
    return Schema("object", fields=fields)


STRING = Schema("string")
BOOLEAN = Schema("boolean", "string")
INTEGER = Schema("integer", "string")
NUMBER = Schema("number", "string")
NAME_OR_NUMBER = Schema("string", "number")
STRINGS = Schema("array", items=STRING)
DIFFERENT_STRINGS = Schema("array", items=STRING, unique=True)
STRING_OR_LIST = Schema(choices=(STRING, DIFFERENT_STRINGS))
COMMAND = Schema(choices=(Schema("null"), STRING, STRINGS))
SCALAR = Schema("string", "number", "boolean", "null")
_MAP = Schema("object", names=_has_text, values=SCALAR, extra="none")
LIST_OR_MAP = Schema(choices=(_MAP, DIFFERENT_STRINGS))
OPTIONS = Schema("object", names=is_line, values=NAME_OR_NUMBER, extra="any")
HOSTS = Schema(
    choices=(
        Schema("object", names=_has_text, values=Schema(choices=(STRING, STRINGS)), extra="none"),
        DIFFERENT_STRINGS,
    )
)
ULIMITS = Schema(
    "object",
    names=_is_word,
    values=Schema(
        choices=(INTEGER, Schema("object", fields={"hard": INTEGER, "soft": INTEGER}, required=("soft", "hard")))
    ),
    extra="any",
)
FILES = Schema(
    "array",
    items=Schema(choices=(STRING, object(source=STRING, target=STRING, uid=STRING, gid=STRING, mode=NUMBER))),
)
HOOK = Schema(
    "object",
    fields={
        "command": COMMAND, "user": STRING, "privileged": BOOLEAN, "working_dir": STRING,
        "environment": LIST_OR_MAP,
    },
    required=("command",),
)  # fmt: skip
LIMITS = Schema(
    "array", items=Schema("object", fields={"path": STRING, "rate": INTEGER}, extra="none")
)  # fmt: skip
WEIGHTS = Schema(
    "array", items=Schema("object", fields={"path": STRING, "weight": INTEGER}, extra="none")
)  # fmt: skip
EXTERNAL = Schema("boolean", "string", "object", fields={"name": STRING})
LOOSE_EXTERNAL = Schema("boolean", "string", "object", fields={"name": STRING}, extra="any")

BUILD = Schema(
    choices=(
        STRING,
        object(
            context=STRING, dockerfile=STRING, dockerfile_inline=STRING, entitlements=STRINGS, args=LIST_OR_MAP,
            ssh=LIST_OR_MAP, labels=LIST_OR_MAP, cache_from=STRINGS, cache_to=STRINGS, no_cache=BOOLEAN,
            additional_contexts=LIST_OR_MAP, network=STRING, provenance=BOOLEAN, sbom=BOOLEAN, pull=BOOLEAN,
            target=STRING, shm_size=INTEGER, extra_hosts=HOSTS, isolation=STRING, privileged=BOOLEAN,
            secrets=FILES, tags=STRINGS, ulimits=ULIMITS, platforms=STRINGS,
        ),
    )
)  # fmt: skip
DEPENDS_ON = Schema(
    choices=(
        DIFFERENT_STRINGS,
        Schema(
            "object",
            names=is_name,
            values=Schema(
                "object",
                fields={
                    "restart": BOOLEAN,
                    "required": Schema("boolean"),
                    "condition": Schema(
                        "string", enum=("service_started", "service_healthy", "service_completed_successfully")
                    ),
                },
                required=("condition",),
            ),
            extra="none",
        ),
    )
)
DEVICES = Schema(
    "array",
    items=Schema(
        choices=(
            STRING,
            Schema("object", fields={"source": STRING, "target": STRING, "permissions": STRING}, required=("source",)),
        )
    ),
)
_DEVICE_REQUEST_FIELDS = {
    "capabilities": DIFFERENT_STRINGS, "count": INTEGER, "device_ids": DIFFERENT_STRINGS, "driver": STRING,
    "options": LIST_OR_MAP,
}  # fmt: skip
GPUS = Schema(
    choices=(
        Schema("string", enum=("all",)),
        Schema("array", items=Schema("object", fields=_DEVICE_REQUEST_FIELDS, extra="any")),
    )
)
_ORDER = Schema("string", enum=("start-first", "stop-first"))
_ROLLOUT = object(
    parallelism=INTEGER, delay=STRING, failure_action=STRING, monitor=STRING, max_failure_ratio=NUMBER,
    order=_ORDER,
)  # fmt: skip
DEPLOY = Schema(
    "object",
    "null",
    fields={
        "mode": STRING, "endpoint_mode": STRING, "replicas": INTEGER, "labels": LIST_OR_MAP,
        "rollback_config": _ROLLOUT, "update_config": _ROLLOUT,
        "resources": object(
            limits=object(cpus=NUMBER, memory=STRING, pids=INTEGER),
            reservations=object(
                cpus=NUMBER,
                memory=STRING,
                generic_resources=Schema(
                    "array", items=object(discrete_resource_spec=object(kind=STRING, value=NUMBER))
                ),
                devices=Schema(
                    "array", items=Schema("object", fields=_DEVICE_REQUEST_FIELDS, required=("capabilities",))
                ),
            ),
        ),
        "restart_policy": object(condition=STRING, delay=STRING, max_attempts=INTEGER, window=STRING),
        "placement": object(
            constraints=STRINGS,
            preferences=Schema("array", items=object(spread=STRING)),
            max_replicas_per_node=INTEGER,
        ),
    },
)  # fmt: skip
DEVELOP = Schema(
    "object",
    "null",
    fields={
        "watch": Schema(
            "array",
            items=Schema(
                "object",
                fields={
                    "ignore": STRING_OR_LIST, "include": STRING_OR_LIST, "path": STRING,
                    "action": Schema("string", enum=("rebuild", "sync", "restart", "sync+restart", "sync+exec")),
                    "target": STRING, "exec": HOOK, "initial_sync": Schema("boolean"),
                },
                required=("path", "action"),
            ),
        )
    },
)  # fmt: skip
ENV_FILE = Schema(
    choices=(
        STRING,
        Schema(
            "array",
            items=Schema(
                choices=(
                    STRING,
                    Schema(
                        "object",
                        fields={"path": STRING, "format": STRING, "required": BOOLEAN},
                        required=("path",),
                        extra="none",
                    ),
                )
            ),
        ),
    )
)
HEALTHCHECK = object(
    disable=BOOLEAN, interval=STRING, retries=NUMBER, test=Schema(choices=(STRING, STRINGS)), timeout=STRING,
    start_period=STRING, start_interval=STRING,
)  # fmt: skip
SERVICE_NETWORKS = Schema(
    choices=(
        DIFFERENT_STRINGS,
        Schema(
            "object",
            names=is_name,
            values=Schema(
                choices=(
                    object(
                        aliases=DIFFERENT_STRINGS, interface_name=STRING, ipv4_address=STRING,
                        ipv6_address=STRING, link_local_ips=DIFFERENT_STRINGS, mac_address=STRING,
                        driver_opts=OPTIONS, priority=Schema("number"), gw_priority=Schema("number"),
                    ),
                    Schema("null"),
                )
            ),
            extra="none",
        ),
    )
)  # fmt: skip
SERVICE_MODELS = Schema(
    choices=(
        DIFFERENT_STRINGS,
        Schema(
            "object",
            names=is_name,
            values=Schema(choices=(object(endpoint_var=STRING, model_var=STRING), Schema("null"))),
            extra="any",
        ),
    )
)
PORTS = Schema(
    "array",
    items=Schema(
        choices=(
            Schema("number"),
            STRING,
            object(
                name=STRING, mode=STRING, host_ip=STRING, target=INTEGER, published=INTEGER, protocol=STRING,
                app_protocol=STRING,
            ),
        )
    ),
    unique=True,
)  # fmt: skip
SERVICE_VOLUMES = Schema(
    "array",
    items=Schema(
        choices=(
            STRING,
            Schema(
                "object",
                fields={
                    "type": Schema("string", enum=("bind", "volume", "tmpfs", "cluster", "npipe", "image")),
                    "source": STRING, "target": STRING, "read_only": BOOLEAN, "consistency": STRING,
                    "bind": object(
                        propagation=STRING,
                        create_host_path=BOOLEAN,
                        recursive=Schema("string", enum=("enabled", "disabled", "writable", "readonly")),
                        selinux=Schema("string", enum=("z", "Z")),
                    ),
                    "volume": object(labels=LIST_OR_MAP, nocopy=BOOLEAN, subpath=STRING),
                    "tmpfs": object(
                        size=Schema(choices=(Schema("integer", least=0), STRING)),
                        mode=NUMBER,
                    ),
                    "image": object(subpath=STRING),
                },
                required=("type",),
            ),
        )
    ),
    unique=True,
)  # fmt: skip
