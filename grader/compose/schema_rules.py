"""The rules of the Compose Specification as compose-go 2.9.1 carries them (`schema/compose-spec.json`)."""

from grader.compose.schema import Schema

_NAME_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")
_LOWER_CASE = frozenset("abcdefghijklmnopqrstuvwxyz")


def _is_name(key: str) -> bool:
    return key != "" and _NAME_CHARACTERS.issuperset(key)


def _is_word(key: str) -> bool:
    return key != "" and _LOWER_CASE.issuperset(key)


def _has_text(key: str) -> bool:
    return key.strip("\n") != ""


def _is_line(key: str) -> bool:
    return key != "" and "\n" not in key


def _object(**fields: Schema) -> Schema:
    return Schema("object", fields=fields)


_STRING = Schema("string")
_BOOLEAN = Schema("boolean", "string")
_INTEGER = Schema("integer", "string")
_NUMBER = Schema("number", "string")
_NAME_OR_NUMBER = Schema("string", "number")
_STRINGS = Schema("array", items=_STRING)
_DIFFERENT_STRINGS = Schema("array", items=_STRING, unique=True)
_STRING_OR_LIST = Schema(choices=(_STRING, _DIFFERENT_STRINGS))
_COMMAND = Schema(choices=(Schema("null"), _STRING, _STRINGS))
_MAP = Schema(
    "object", names=_has_text, values=Schema("string", "number", "boolean", "null"), extra="none"
)  # fmt: skip
_LIST_OR_MAP = Schema(choices=(_MAP, _DIFFERENT_STRINGS))
_OPTIONS = Schema("object", names=_is_line, values=_NAME_OR_NUMBER, extra="any")
_HOSTS = Schema(
    choices=(
        Schema("object", names=_has_text, values=Schema(choices=(_STRING, _STRINGS)), extra="none"),
        _DIFFERENT_STRINGS,
    )
)
_ULIMITS = Schema(
    "object",
    names=_is_word,
    values=Schema(
        choices=(_INTEGER, Schema("object", fields={"hard": _INTEGER, "soft": _INTEGER}, required=("soft", "hard")))
    ),
    extra="any",
)
_FILES = Schema(
    "array",
    items=Schema(choices=(_STRING, _object(source=_STRING, target=_STRING, uid=_STRING, gid=_STRING, mode=_NUMBER))),
)
_HOOK = Schema(
    "object",
    fields={
        "command": _COMMAND, "user": _STRING, "privileged": _BOOLEAN, "working_dir": _STRING,
        "environment": _LIST_OR_MAP,
    },
    required=("command",),
)  # fmt: skip
_LIMITS = Schema(
    "array", items=Schema("object", fields={"path": _STRING, "rate": _INTEGER}, extra="none")
)  # fmt: skip
_WEIGHTS = Schema(
    "array", items=Schema("object", fields={"path": _STRING, "weight": _INTEGER}, extra="none")
)  # fmt: skip
_EXTERNAL = Schema("boolean", "string", "object", fields={"name": _STRING})
_LOOSE_EXTERNAL = Schema("boolean", "string", "object", fields={"name": _STRING}, extra="any")

_BUILD = Schema(
    choices=(
        _STRING,
        _object(
            context=_STRING, dockerfile=_STRING, dockerfile_inline=_STRING, entitlements=_STRINGS, args=_LIST_OR_MAP,
            ssh=_LIST_OR_MAP, labels=_LIST_OR_MAP, cache_from=_STRINGS, cache_to=_STRINGS, no_cache=_BOOLEAN,
            additional_contexts=_LIST_OR_MAP, network=_STRING, provenance=_BOOLEAN, sbom=_BOOLEAN, pull=_BOOLEAN,
            target=_STRING, shm_size=_INTEGER, extra_hosts=_HOSTS, isolation=_STRING, privileged=_BOOLEAN,
            secrets=_FILES, tags=_STRINGS, ulimits=_ULIMITS, platforms=_STRINGS,
        ),
    )
)  # fmt: skip
_DEPENDS_ON = Schema(
    choices=(
        _DIFFERENT_STRINGS,
        Schema(
            "object",
            names=_is_name,
            values=Schema(
                "object",
                fields={
                    "restart": _BOOLEAN,
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
_DEVICES = Schema(
    "array",
    items=Schema(
        choices=(
            _STRING,
            Schema(
                "object", fields={"source": _STRING, "target": _STRING, "permissions": _STRING}, required=("source",)
            ),
        )
    ),
)
_DEVICE_REQUEST_FIELDS = {
    "capabilities": _DIFFERENT_STRINGS, "count": _INTEGER, "device_ids": _DIFFERENT_STRINGS, "driver": _STRING,
    "options": _LIST_OR_MAP,
}  # fmt: skip
_GPUS = Schema(
    choices=(
        Schema("string", enum=("all",)),
        Schema("array", items=Schema("object", fields=_DEVICE_REQUEST_FIELDS, extra="any")),
    )
)
_ORDER = Schema("string", enum=("start-first", "stop-first"))
_ROLLOUT = _object(
    parallelism=_INTEGER, delay=_STRING, failure_action=_STRING, monitor=_STRING, max_failure_ratio=_NUMBER,
    order=_ORDER,
)  # fmt: skip
_DEPLOY = Schema(
    "object",
    "null",
    fields={
        "mode": _STRING, "endpoint_mode": _STRING, "replicas": _INTEGER, "labels": _LIST_OR_MAP,
        "rollback_config": _ROLLOUT, "update_config": _ROLLOUT,
        "resources": _object(
            limits=_object(cpus=_NUMBER, memory=_STRING, pids=_INTEGER),
            reservations=_object(
                cpus=_NUMBER,
                memory=_STRING,
                generic_resources=Schema(
                    "array", items=_object(discrete_resource_spec=_object(kind=_STRING, value=_NUMBER))
                ),
                devices=Schema(
                    "array", items=Schema("object", fields=_DEVICE_REQUEST_FIELDS, required=("capabilities",))
                ),
            ),
        ),
        "restart_policy": _object(condition=_STRING, delay=_STRING, max_attempts=_INTEGER, window=_STRING),
        "placement": _object(
            constraints=_STRINGS,
            preferences=Schema("array", items=_object(spread=_STRING)),
            max_replicas_per_node=_INTEGER,
        ),
    },
)  # fmt: skip
_DEVELOP = Schema(
    "object",
    "null",
    fields={
        "watch": Schema(
            "array",
            items=Schema(
                "object",
                fields={
                    "ignore": _STRING_OR_LIST, "include": _STRING_OR_LIST, "path": _STRING,
                    "action": Schema("string", enum=("rebuild", "sync", "restart", "sync+restart", "sync+exec")),
                    "target": _STRING, "exec": _HOOK, "initial_sync": Schema("boolean"),
                },
                required=("path", "action"),
            ),
        )
    },
)  # fmt: skip
_ENV_FILE = Schema(
    choices=(
        _STRING,
        Schema(
            "array",
            items=Schema(
                choices=(
                    _STRING,
                    Schema(
                        "object",
                        fields={"path": _STRING, "format": _STRING, "required": _BOOLEAN},
                        required=("path",),
                        extra="none",
                    ),
                )
            ),
        ),
    )
)
_HEALTHCHECK = _object(
    disable=_BOOLEAN, interval=_STRING, retries=_NUMBER, test=Schema(choices=(_STRING, _STRINGS)), timeout=_STRING,
    start_period=_STRING, start_interval=_STRING,
)  # fmt: skip
_SERVICE_NETWORKS = Schema(
    choices=(
        _DIFFERENT_STRINGS,
        Schema(
            "object",
            names=_is_name,
            values=Schema(
                choices=(
                    _object(
                        aliases=_DIFFERENT_STRINGS, interface_name=_STRING, ipv4_address=_STRING,
                        ipv6_address=_STRING, link_local_ips=_DIFFERENT_STRINGS, mac_address=_STRING,
                        driver_opts=_OPTIONS, priority=Schema("number"), gw_priority=Schema("number"),
                    ),
                    Schema("null"),
                )
            ),
            extra="none",
        ),
    )
)  # fmt: skip
_SERVICE_MODELS = Schema(
    choices=(
        _DIFFERENT_STRINGS,
        Schema(
            "object",
            names=_is_name,
            values=Schema(choices=(_object(endpoint_var=_STRING, model_var=_STRING), Schema("null"))),
            extra="any",
        ),
    )
)
_PORTS = Schema(
    "array",
    items=Schema(
        choices=(
            Schema("number"),
            _STRING,
            _object(
                name=_STRING, mode=_STRING, host_ip=_STRING, target=_INTEGER, published=_INTEGER, protocol=_STRING,
                app_protocol=_STRING,
            ),
        )
    ),
    unique=True,
)  # fmt: skip
_SERVICE_VOLUMES = Schema(
    "array",
    items=Schema(
        choices=(
            _STRING,
            Schema(
                "object",
                fields={
                    "type": Schema("string", enum=("bind", "volume", "tmpfs", "cluster", "npipe", "image")),
                    "source": _STRING, "target": _STRING, "read_only": _BOOLEAN, "consistency": _STRING,
                    "bind": _object(
                        propagation=_STRING,
                        create_host_path=_BOOLEAN,
                        recursive=Schema("string", enum=("enabled", "disabled", "writable", "readonly")),
                        selinux=Schema("string", enum=("z", "Z")),
                    ),
                    "volume": _object(labels=_LIST_OR_MAP, nocopy=_BOOLEAN, subpath=_STRING),
                    "tmpfs": _object(
                        size=Schema(choices=(Schema("integer", least=0), _STRING)),
                        mode=_NUMBER,
                    ),
                    "image": _object(subpath=_STRING),
                },
                required=("type",),
            ),
        )
    ),
    unique=True,
)  # fmt: skip

SERVICE = _object(
    develop=_DEVELOP, deploy=_DEPLOY, annotations=_LIST_OR_MAP, attach=_BOOLEAN, build=_BUILD,
    blkio_config=Schema(
        "object",
        fields={
            "device_read_bps": _LIMITS, "device_read_iops": _LIMITS, "device_write_bps": _LIMITS,
            "device_write_iops": _LIMITS, "weight": _INTEGER, "weight_device": _WEIGHTS,
        },
        extra="none",
    ),
    cap_add=_DIFFERENT_STRINGS, cap_drop=_DIFFERENT_STRINGS, cgroup=Schema("string", enum=("host", "private")),
    cgroup_parent=_STRING, command=_COMMAND, configs=_FILES,
    container_name=Schema("string", pattern="[a-zA-Z0-9][a-zA-Z0-9_.-]+"),
    cpu_count=Schema(choices=(_STRING, Schema("integer", least=0))),
    cpu_percent=Schema(choices=(_STRING, Schema("integer", least=0, most=100))),
    cpu_shares=_NUMBER, cpu_quota=_NUMBER, cpu_period=_NUMBER, cpu_rt_period=_NUMBER, cpu_rt_runtime=_NUMBER,
    cpus=_NUMBER, cpuset=_STRING, credential_spec=_object(config=_STRING, file=_STRING, registry=_STRING),
    depends_on=_DEPENDS_ON, device_cgroup_rules=_DIFFERENT_STRINGS, devices=_DEVICES, dns=_STRING_OR_LIST,
    dns_opt=_DIFFERENT_STRINGS, dns_search=_STRING_OR_LIST, domainname=_STRING, entrypoint=_COMMAND,
    env_file=_ENV_FILE, label_file=Schema(choices=(_STRING, _STRINGS)), environment=_LIST_OR_MAP,
    expose=Schema("array", items=_NAME_OR_NUMBER, unique=True),
    extends=Schema(
        choices=(
            _STRING,
            Schema("object", fields={"service": _STRING, "file": _STRING}, required=("service",), extra="none"),
        )
    ),
    provider=Schema(
        "object",
        fields={
            "type": _STRING,
            "options": Schema(
                "object",
                names=_is_line,
                values=Schema(
                    choices=(
                        Schema("string", "number", "boolean"),
                        Schema("array", items=Schema("string", "number", "boolean")),
                    )
                ),
                extra="any",
            ),
        },
        required=("type",),
    ),
    external_links=_DIFFERENT_STRINGS, extra_hosts=_HOSTS, gpus=_GPUS,
    group_add=Schema("array", items=_NAME_OR_NUMBER, unique=True), healthcheck=_HEALTHCHECK, hostname=_STRING,
    image=_STRING, init=_BOOLEAN, ipc=_STRING, isolation=_STRING, labels=_LIST_OR_MAP, links=_DIFFERENT_STRINGS,
    logging=_object(
        driver=_STRING,
        options=Schema("object", names=_is_line, values=Schema("string", "number", "null"), extra="any"),
    ),
    mac_address=_STRING, mem_limit=_NUMBER, mem_reservation=_INTEGER, mem_swappiness=_INTEGER, memswap_limit=_NUMBER,
    network_mode=_STRING, models=_SERVICE_MODELS, networks=_SERVICE_NETWORKS, oom_kill_disable=_BOOLEAN,
    oom_score_adj=Schema(choices=(_STRING, Schema("integer", least=-1000, most=1000))),
    pid=Schema("string", "null"), pids_limit=_NUMBER, platform=_STRING, ports=_PORTS,
    post_start=Schema("array", items=_HOOK), pre_stop=Schema("array", items=_HOOK), privileged=_BOOLEAN,
    profiles=_DIFFERENT_STRINGS,
    pull_policy=Schema(
        "string", pattern="always|never|build|if_not_present|missing|refresh|daily|weekly|every_([0-9]+[wdhms])+"
    ),
    pull_refresh_after=_STRING, read_only=_BOOLEAN, restart=_STRING, runtime=_STRING, scale=_INTEGER,
    security_opt=_DIFFERENT_STRINGS, shm_size=_NUMBER, secrets=_FILES, sysctls=_LIST_OR_MAP, stdin_open=_BOOLEAN,
    stop_grace_period=_STRING, stop_signal=_STRING, storage_opt=Schema("object"), tmpfs=_STRING_OR_LIST,
    tty=_BOOLEAN, ulimits=_ULIMITS, use_api_socket=Schema("boolean"), user=_STRING, uts=_STRING, userns_mode=_STRING,
    volumes=_SERVICE_VOLUMES, volumes_from=_DIFFERENT_STRINGS, working_dir=_STRING,
)  # fmt: skip

_NETWORK = Schema(
    "object",
    "null",
    fields={
        "name": _STRING, "driver": _STRING, "driver_opts": _OPTIONS,
        "ipam": _object(
            driver=_STRING,
            config=Schema(
                "array",
                items=_object(
                    subnet=_STRING,
                    ip_range=_STRING,
                    gateway=_STRING,
                    aux_addresses=Schema("object", names=_is_line, values=_STRING, extra="none"),
                ),
            ),
            options=Schema("object", names=_is_line, values=_STRING, extra="none"),
        ),
        "external": _EXTERNAL, "internal": _BOOLEAN, "enable_ipv4": _BOOLEAN, "enable_ipv6": _BOOLEAN,
        "attachable": _BOOLEAN, "labels": _LIST_OR_MAP,
    },
)  # fmt: skip
_VOLUME = Schema(
    "object",
    "null",
    fields={
        "name": _STRING, "driver": _STRING, "driver_opts": _OPTIONS, "external": _EXTERNAL, "labels": _LIST_OR_MAP,
    },
)  # fmt: skip
_SECRET = _object(
    name=_STRING, environment=_STRING, file=_STRING, external=_LOOSE_EXTERNAL, labels=_LIST_OR_MAP, driver=_STRING,
    driver_opts=_OPTIONS, template_driver=_STRING,
)  # fmt: skip
_CONFIG = _object(
    name=_STRING, content=_STRING, environment=_STRING, file=_STRING, external=_LOOSE_EXTERNAL, labels=_LIST_OR_MAP,
    template_driver=_STRING,
)  # fmt: skip
_MODEL = Schema(
    "object",
    fields={"name": _STRING, "model": _STRING, "context_size": Schema("integer"), "runtime_flags": _STRINGS},
    required=("model",),
)
_INCLUDE = Schema(
    choices=(
        _STRING,
        Schema(
            "object",
            fields={"path": _STRING_OR_LIST, "env_file": _STRING_OR_LIST, "project_directory": _STRING},
            extra="none",
        ),
    )
)

PROJECT = _object(
    version=_STRING,
    name=_STRING,
    include=Schema("array", items=_INCLUDE),
    services=Schema("object", names=_is_name, values=SERVICE, extra="none"),
    models=Schema("object", names=_is_name, values=_MODEL, extra="any"),
    networks=Schema("object", names=_is_name, values=_NETWORK, extra="any"),
    volumes=Schema("object", names=_is_name, values=_VOLUME, extra="none"),
    secrets=Schema("object", names=_is_name, values=_SECRET, extra="none"),
    configs=Schema("object", names=_is_name, values=_CONFIG, extra="none"),
)
