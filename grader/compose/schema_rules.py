"""The rules of the Compose Specification as compose-go 2.9.1 carries them (`schema/compose-spec.json`)."""

from grader.compose.schema import Schema
from grader.compose.schema_parts import (
    BOOLEAN,
    BUILD,
    COMMAND,
    DEPENDS_ON,
    DEPLOY,
    DEVELOP,
    DEVICES,
    DIFFERENT_STRINGS,
    ENV_FILE,
    EXTERNAL,
    FILES,
    GPUS,
    HEALTHCHECK,
    HOOK,
    HOSTS,
    INTEGER,
    LIMITS,
    LIST_OR_MAP,
    LOOSE_EXTERNAL,
    NAME_OR_NUMBER,
    NUMBER,
    OPTIONS,
    PORTS,
    SERVICE_MODELS,
    SERVICE_NETWORKS,
    SERVICE_VOLUMES,
    STRING,
    STRING_OR_LIST,
    STRINGS,
    ULIMITS,
    WEIGHTS,
    is_line,
    is_name,
    object,
)

SERVICE = object(
    develop=DEVELOP, deploy=DEPLOY, annotations=LIST_OR_MAP, attach=BOOLEAN, build=BUILD,
    blkio_config=Schema(
        "object",
        fields={
            "device_read_bps": LIMITS, "device_read_iops": LIMITS, "device_write_bps": LIMITS,
            "device_write_iops": LIMITS, "weight": INTEGER, "weight_device": WEIGHTS,
        },
        extra="none",
    ),
    cap_add=DIFFERENT_STRINGS, cap_drop=DIFFERENT_STRINGS, cgroup=Schema("string", enum=("host", "private")),
    cgroup_parent=STRING, command=COMMAND, configs=FILES,
    container_name=Schema("string", pattern="[a-zA-Z0-9][a-zA-Z0-9_.-]+"),
    cpu_count=Schema(choices=(STRING, Schema("integer", least=0))),
    cpu_percent=Schema(choices=(STRING, Schema("integer", least=0, most=100))),
    cpu_shares=NUMBER, cpu_quota=NUMBER, cpu_period=NUMBER, cpu_rt_period=NUMBER, cpu_rt_runtime=NUMBER,
    cpus=NUMBER, cpuset=STRING, credential_spec=object(config=STRING, file=STRING, registry=STRING),
    depends_on=DEPENDS_ON, device_cgroup_rules=DIFFERENT_STRINGS, devices=DEVICES, dns=STRING_OR_LIST,
    dns_opt=DIFFERENT_STRINGS, dns_search=STRING_OR_LIST, domainname=STRING, entrypoint=COMMAND,
    env_file=ENV_FILE, label_file=Schema(choices=(STRING, STRINGS)), environment=LIST_OR_MAP,
    expose=Schema("array", items=NAME_OR_NUMBER, unique=True),
    extends=Schema(
        choices=(
            STRING,
            Schema("object", fields={"service": STRING, "file": STRING}, required=("service",), extra="none"),
        )
    ),
    provider=Schema(
        "object",
        fields={
            "type": STRING,
            "options": Schema(
                "object",
                names=is_line,
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
    external_links=DIFFERENT_STRINGS, extra_hosts=HOSTS, gpus=GPUS,
    group_add=Schema("array", items=NAME_OR_NUMBER, unique=True), healthcheck=HEALTHCHECK, hostname=STRING,
    image=STRING, init=BOOLEAN, ipc=STRING, isolation=STRING, labels=LIST_OR_MAP, links=DIFFERENT_STRINGS,
    logging=object(
        driver=STRING,
        options=Schema("object", names=is_line, values=Schema("string", "number", "null"), extra="any"),
    ),
    mac_address=STRING, mem_limit=NUMBER, mem_reservation=INTEGER, mem_swappiness=INTEGER, memswap_limit=NUMBER,
    network_mode=STRING, models=SERVICE_MODELS, networks=SERVICE_NETWORKS, oom_kill_disable=BOOLEAN,
    oom_score_adj=Schema(choices=(STRING, Schema("integer", least=-1000, most=1000))),
    pid=Schema("string", "null"), pids_limit=NUMBER, platform=STRING, ports=PORTS,
    post_start=Schema("array", items=HOOK), pre_stop=Schema("array", items=HOOK), privileged=BOOLEAN,
    profiles=DIFFERENT_STRINGS,
    pull_policy=Schema(
        "string", pattern="always|never|build|if_not_present|missing|refresh|daily|weekly|every_([0-9]+[wdhms])+"
    ),
    pull_refresh_after=STRING, read_only=BOOLEAN, restart=STRING, runtime=STRING, scale=INTEGER,
    security_opt=DIFFERENT_STRINGS, shm_size=NUMBER, secrets=FILES, sysctls=LIST_OR_MAP, stdin_open=BOOLEAN,
    stop_grace_period=STRING, stop_signal=STRING, storage_opt=Schema("object"), tmpfs=STRING_OR_LIST,
    tty=BOOLEAN, ulimits=ULIMITS, use_api_socket=Schema("boolean"), user=STRING, uts=STRING, userns_mode=STRING,
    volumes=SERVICE_VOLUMES, volumes_from=DIFFERENT_STRINGS, working_dir=STRING,
)  # fmt: skip

_NETWORK = Schema(
    "object",
    "null",
    fields={
        "name": STRING, "driver": STRING, "driver_opts": OPTIONS,
        "ipam": object(
            driver=STRING,
            config=Schema(
                "array",
                items=object(
                    subnet=STRING,
                    ip_range=STRING,
                    gateway=STRING,
                    aux_addresses=Schema("object", names=is_line, values=STRING, extra="none"),
                ),
            ),
            options=Schema("object", names=is_line, values=STRING, extra="none"),
        ),
        "external": EXTERNAL, "internal": BOOLEAN, "enable_ipv4": BOOLEAN, "enable_ipv6": BOOLEAN,
        "attachable": BOOLEAN, "labels": LIST_OR_MAP,
    },
)  # fmt: skip
_VOLUME = Schema(
    "object",
    "null",
    fields={
        "name": STRING, "driver": STRING, "driver_opts": OPTIONS, "external": EXTERNAL, "labels": LIST_OR_MAP,
    },
)  # fmt: skip
_SECRET = object(
    name=STRING, environment=STRING, file=STRING, external=LOOSE_EXTERNAL, labels=LIST_OR_MAP, driver=STRING,
    driver_opts=OPTIONS, template_driver=STRING,
)  # fmt: skip
_CONFIG = object(
    name=STRING, content=STRING, environment=STRING, file=STRING, external=LOOSE_EXTERNAL, labels=LIST_OR_MAP,
    template_driver=STRING,
)  # fmt: skip
_MODEL = Schema(
    "object",
    fields={"name": STRING, "model": STRING, "context_size": Schema("integer"), "runtime_flags": STRINGS},
    required=("model",),
)
_INCLUDE = Schema(
    choices=(
        STRING,
        Schema(
            "object",
            fields={"path": STRING_OR_LIST, "env_file": STRING_OR_LIST, "project_directory": STRING},
            extra="none",
        ),
    )
)

PROJECT = object(
    version=STRING,
    name=STRING,
    include=Schema("array", items=_INCLUDE),
    services=Schema("object", names=is_name, values=SERVICE, extra="none"),
    models=Schema("object", names=is_name, values=_MODEL, extra="any"),
    networks=Schema("object", names=is_name, values=_NETWORK, extra="any"),
    volumes=Schema("object", names=is_name, values=_VOLUME, extra="none"),
    secrets=Schema("object", names=is_name, values=_SECRET, extra="none"),
    configs=Schema("object", names=is_name, values=_CONFIG, extra="none"),
)
