"""The properties that Kafka knows, with their types and bounds.

Read from `KafkaConfig.configDef` of Apache Kafka 3.6.1, in the order of their definition: that is the order in which
they are parsed, and the first bad one is reported.
"""

from grader.light_tuple import NamedTuple


class Definition(NamedTuple):
    """One property: its place in the order, its type (Java: `ConfigDef.Type`), its bounds.

    `rule` is `nonempty`, `version` or empty.
    """

    order: int
    type: str
    minimum: float | None
    maximum: float | None
    rule: str


# name:TYPE, name:TYPE:minimum, name:TYPE:minimum:maximum or name:TYPE:rule
_TABLE = """
zookeeper.connect:STRING zookeeper.session.timeout.ms:INT zookeeper.connection.timeout.ms:INT
zookeeper.set.acl:BOOLEAN zookeeper.max.in.flight.requests:INT:1 zookeeper.ssl.client.enable:BOOLEAN
zookeeper.clientCnxnSocket:STRING zookeeper.ssl.keystore.location:STRING zookeeper.ssl.keystore.password:PASSWORD
zookeeper.ssl.keystore.type:STRING zookeeper.ssl.truststore.location:STRING zookeeper.ssl.truststore.password:PASSWORD
zookeeper.ssl.truststore.type:STRING zookeeper.ssl.protocol:STRING zookeeper.ssl.enabled.protocols:LIST
zookeeper.ssl.cipher.suites:LIST zookeeper.ssl.endpoint.identification.algorithm:STRING
zookeeper.ssl.crl.enable:BOOLEAN zookeeper.ssl.ocsp.enable:BOOLEAN broker.id.generation.enable:BOOLEAN
reserved.broker.max.id:INT:0 broker.id:INT message.max.bytes:INT:0 num.network.threads:INT:1 num.io.threads:INT:1
num.replica.alter.log.dirs.threads:INT background.threads:INT:1 queued.max.requests:INT:1
queued.max.request.bytes:LONG request.timeout.ms:INT socket.connection.setup.timeout.ms:LONG
socket.connection.setup.timeout.max.ms:LONG metadata.log.max.record.bytes.between.snapshots:LONG:1
metadata.log.max.snapshot.interval.ms:LONG:0 process.roles:LIST node.id:INT initial.broker.registration.timeout.ms:INT
broker.heartbeat.interval.ms:INT broker.session.timeout.ms:INT controller.listener.names:STRING
sasl.mechanism.controller.protocol:STRING metadata.log.dir:STRING metadata.log.segment.bytes:INT:12
metadata.log.segment.min.bytes:INT:12 metadata.log.segment.ms:LONG metadata.max.retention.bytes:LONG
metadata.max.retention.ms:LONG metadata.max.idle.interval.ms:INT:0 server.max.startup.time.ms:LONG:0
zookeeper.metadata.migration.enable:BOOLEAN authorizer.class.name:STRING early.start.listeners:STRING listeners:STRING
advertised.listeners:STRING listener.security.protocol.map:STRING control.plane.listener.name:STRING
socket.send.buffer.bytes:INT socket.receive.buffer.bytes:INT socket.request.max.bytes:INT:1
socket.listen.backlog.size:INT:1 max.connections.per.ip:INT:0 max.connections.per.ip.overrides:STRING
max.connections:INT:0 max.connection.creation.rate:INT:0 connections.max.idle.ms:LONG
connection.failed.authentication.delay.ms:INT:0 broker.rack:STRING num.partitions:INT:1 log.dir:STRING log.dirs:STRING
log.segment.bytes:INT:14 log.roll.ms:LONG log.roll.hours:INT:1 log.roll.jitter.ms:LONG log.roll.jitter.hours:INT:0
log.retention.ms:LONG log.retention.minutes:INT log.retention.hours:INT log.retention.bytes:LONG
log.retention.check.interval.ms:LONG:1 log.cleanup.policy:LIST log.cleaner.threads:INT:0
log.cleaner.io.max.bytes.per.second:DOUBLE log.cleaner.dedupe.buffer.size:LONG log.cleaner.io.buffer.size:INT:0
log.cleaner.io.buffer.load.factor:DOUBLE log.cleaner.backoff.ms:LONG:0 log.cleaner.min.cleanable.ratio:DOUBLE:0:1
log.cleaner.enable:BOOLEAN log.cleaner.delete.retention.ms:LONG:0 log.cleaner.min.compaction.lag.ms:LONG:0
log.cleaner.max.compaction.lag.ms:LONG:1 log.index.size.max.bytes:INT:4 log.index.interval.bytes:INT:0
log.flush.interval.messages:LONG:1 log.segment.delete.delay.ms:LONG:0 log.flush.scheduler.interval.ms:LONG
log.flush.interval.ms:LONG log.flush.offset.checkpoint.interval.ms:INT:0
log.flush.start.offset.checkpoint.interval.ms:INT:0 log.preallocate:BOOLEAN num.recovery.threads.per.data.dir:INT:1
auto.create.topics.enable:BOOLEAN min.insync.replicas:INT:1 log.message.format.version:STRING:version
log.message.timestamp.type:STRING log.message.timestamp.difference.max.ms:LONG:0
log.message.timestamp.before.max.ms:LONG:0 log.message.timestamp.after.max.ms:LONG:0
create.topic.policy.class.name:CLASS alter.config.policy.class.name:CLASS log.message.downconversion.enable:BOOLEAN
controller.socket.timeout.ms:INT default.replication.factor:INT replica.lag.time.max.ms:LONG
replica.socket.timeout.ms:INT replica.socket.receive.buffer.bytes:INT replica.fetch.max.bytes:INT:0
replica.fetch.wait.max.ms:INT replica.fetch.backoff.ms:INT:0 replica.fetch.min.bytes:INT
replica.fetch.response.max.bytes:INT:0 num.replica.fetchers:INT replica.high.watermark.checkpoint.interval.ms:LONG
fetch.purgatory.purge.interval.requests:INT producer.purgatory.purge.interval.requests:INT
delete.records.purgatory.purge.interval.requests:INT auto.leader.rebalance.enable:BOOLEAN
leader.imbalance.per.broker.percentage:INT leader.imbalance.check.interval.seconds:LONG:1
unclean.leader.election.enable:BOOLEAN security.inter.broker.protocol:STRING
inter.broker.protocol.version:STRING:version inter.broker.listener.name:STRING replica.selector.class:STRING
controlled.shutdown.max.retries:INT controlled.shutdown.retry.backoff.ms:LONG controlled.shutdown.enable:BOOLEAN
group.min.session.timeout.ms:INT group.max.session.timeout.ms:INT group.initial.rebalance.delay.ms:INT
group.max.size:INT:1 group.coordinator.new.enable:BOOLEAN group.coordinator.threads:INT:1
group.consumer.session.timeout.ms:INT:1 group.consumer.min.session.timeout.ms:INT:1
group.consumer.max.session.timeout.ms:INT:1 group.consumer.heartbeat.interval.ms:INT:1
group.consumer.min.heartbeat.interval.ms:INT:1 group.consumer.max.heartbeat.interval.ms:INT:1
group.consumer.max.size:INT:1 group.consumer.assignors:LIST offset.metadata.max.bytes:INT
offsets.load.buffer.size:INT:1 offsets.topic.replication.factor:SHORT:1 offsets.topic.num.partitions:INT:1
offsets.topic.segment.bytes:INT:1 offsets.topic.compression.codec:INT offsets.retention.minutes:INT:1
offsets.retention.check.interval.ms:LONG:1 offsets.commit.timeout.ms:INT:1 offsets.commit.required.acks:SHORT
delete.topic.enable:BOOLEAN compression.type:STRING transactional.id.expiration.ms:INT:1
transaction.max.timeout.ms:INT:1 transaction.state.log.min.isr:INT:1 transaction.state.log.load.buffer.size:INT:1
transaction.state.log.replication.factor:SHORT:1 transaction.state.log.num.partitions:INT:1
transaction.state.log.segment.bytes:INT:1 transaction.abort.timed.out.transaction.cleanup.interval.ms:INT:1
transaction.remove.expired.transaction.cleanup.interval.ms:INT:1 transaction.partition.verification.enable:BOOLEAN
producer.id.expiration.ms:INT:1 producer.id.expiration.check.interval.ms:INT:1
max.incremental.fetch.session.cache.slots:INT:0 fetch.max.bytes:INT:1024 metrics.num.samples:INT:1
metrics.sample.window.ms:LONG:1 metric.reporters:LIST metrics.recording.level:STRING auto.include.jmx.reporter:BOOLEAN
kafka.metrics.reporters:LIST kafka.metrics.polling.interval.secs:INT:1 quota.window.num:INT:1
replication.quota.window.num:INT:1 alter.log.dirs.replication.quota.window.num:INT:1 controller.quota.window.num:INT:1
quota.window.size.seconds:INT:1 replication.quota.window.size.seconds:INT:1
alter.log.dirs.replication.quota.window.size.seconds:INT:1 controller.quota.window.size.seconds:INT:1
client.quota.callback.class:CLASS connections.max.reauth.ms:LONG sasl.server.max.receive.size:INT
security.providers:STRING principal.builder.class:CLASS ssl.protocol:STRING ssl.provider:STRING
ssl.enabled.protocols:LIST ssl.keystore.type:STRING ssl.keystore.location:STRING ssl.keystore.password:PASSWORD
ssl.key.password:PASSWORD ssl.keystore.key:PASSWORD ssl.keystore.certificate.chain:PASSWORD ssl.truststore.type:STRING
ssl.truststore.location:STRING ssl.truststore.password:PASSWORD ssl.truststore.certificates:PASSWORD
ssl.keymanager.algorithm:STRING ssl.trustmanager.algorithm:STRING ssl.endpoint.identification.algorithm:STRING
ssl.secure.random.implementation:STRING ssl.client.auth:STRING ssl.cipher.suites:LIST
ssl.principal.mapping.rules:STRING ssl.engine.factory.class:CLASS sasl.mechanism.inter.broker.protocol:STRING
sasl.jaas.config:PASSWORD sasl.enabled.mechanisms:LIST sasl.server.callback.handler.class:CLASS
sasl.client.callback.handler.class:CLASS sasl.login.class:CLASS sasl.login.callback.handler.class:CLASS
sasl.kerberos.service.name:STRING sasl.kerberos.kinit.cmd:STRING sasl.kerberos.ticket.renew.window.factor:DOUBLE
sasl.kerberos.ticket.renew.jitter:DOUBLE sasl.kerberos.min.time.before.relogin:LONG
sasl.kerberos.principal.to.local.rules:LIST sasl.login.refresh.window.factor:DOUBLE
sasl.login.refresh.window.jitter:DOUBLE sasl.login.refresh.min.period.seconds:SHORT
sasl.login.refresh.buffer.seconds:SHORT sasl.login.connect.timeout.ms:INT sasl.login.read.timeout.ms:INT
sasl.login.retry.backoff.max.ms:LONG sasl.login.retry.backoff.ms:LONG sasl.oauthbearer.scope.claim.name:STRING
sasl.oauthbearer.sub.claim.name:STRING sasl.oauthbearer.token.endpoint.url:STRING
sasl.oauthbearer.jwks.endpoint.url:STRING sasl.oauthbearer.jwks.endpoint.refresh.ms:LONG
sasl.oauthbearer.jwks.endpoint.retry.backoff.ms:LONG sasl.oauthbearer.jwks.endpoint.retry.backoff.max.ms:LONG
sasl.oauthbearer.clock.skew.seconds:INT sasl.oauthbearer.expected.audience:LIST
sasl.oauthbearer.expected.issuer:STRING delegation.token.master.key:PASSWORD delegation.token.secret.key:PASSWORD
delegation.token.max.lifetime.ms:LONG:1 delegation.token.expiry.time.ms:LONG:1
delegation.token.expiry.check.interval.ms:LONG:1 password.encoder.secret:PASSWORD password.encoder.old.secret:PASSWORD
password.encoder.keyfactory.algorithm:STRING password.encoder.cipher.algorithm:STRING
password.encoder.key.length:INT:8 password.encoder.iterations:INT:1024 controller.quorum.voters:LIST
controller.quorum.election.timeout.ms:INT controller.quorum.fetch.timeout.ms:INT
controller.quorum.election.backoff.max.ms:INT controller.quorum.append.linger.ms:INT
controller.quorum.request.timeout.ms:INT controller.quorum.retry.backoff.ms:INT unstable.api.versions.enable:BOOLEAN
remote.log.storage.system.enable:BOOLEAN remote.log.storage.manager.impl.prefix:STRING:nonempty
remote.log.metadata.manager.impl.prefix:STRING:nonempty remote.log.storage.manager.class.name:STRING:nonempty
remote.log.storage.manager.class.path:STRING remote.log.metadata.manager.class.name:STRING:nonempty
remote.log.metadata.manager.class.path:STRING remote.log.metadata.manager.listener.name:STRING:nonempty
remote.log.metadata.custom.metadata.max.bytes:INT:0 remote.log.index.file.cache.total.size.bytes:LONG:1
remote.log.manager.thread.pool.size:INT:1 remote.log.manager.task.interval.ms:LONG:1
remote.log.manager.task.retry.backoff.ms:LONG:1 remote.log.manager.task.retry.backoff.max.ms:LONG:1
remote.log.manager.task.retry.jitter:DOUBLE:0:0.5 remote.log.reader.threads:INT:1
remote.log.reader.max.pending.tasks:INT:1 log.local.retention.ms:LONG:-2 log.local.retention.bytes:LONG:-2
"""

CHOICES: dict[str, tuple[str, ...]] = {
    "process.roles": ("broker", "controller"),
    "log.cleanup.policy": ("compact", "delete"),
    "log.message.timestamp.type": ("CreateTime", "LogAppendTime"),
    "security.inter.broker.protocol": ("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"),
    "compression.type": ("uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"),
    "ssl.client.auth": ("required", "requested", "none"),
}

# Kafka: MetadataVersion of 3.6.1. A release without `-IV` is its newest one.
FIRST_KRAFT_VERSION = "3.0-IV1"
_VERSIONS = """
0.8.0 0.8.1 0.8.2 0.9.0 0.10.0-IV0 0.10.0-IV1 0.10.1-IV0 0.10.1-IV1 0.10.1-IV2 0.10.2-IV0 0.11.0-IV0 0.11.0-IV1
0.11.0-IV2 1.0-IV0 1.1-IV0 2.0-IV0 2.0-IV1 2.1-IV0 2.1-IV1 2.1-IV2 2.2-IV0 2.2-IV1 2.3-IV0 2.3-IV1 2.4-IV0 2.4-IV1
2.5-IV0 2.6-IV0 2.7-IV0 2.7-IV1 2.7-IV2 2.8-IV0 2.8-IV1 3.0-IV0 3.0-IV1 3.1-IV0 3.2-IV0 3.3-IV0 3.3-IV1 3.3-IV2
3.3-IV3 3.4-IV0 3.5-IV0 3.5-IV1 3.5-IV2 3.6-IV0 3.6-IV1 3.6-IV2
"""
VERSIONS = tuple(_VERSIONS.split())
RELEASES = {version.partition("-")[0]: version for version in VERSIONS}


_ITEMS = _TABLE.split()
_READ: dict[int, Definition] = {}  # what has been taken apart already
_ORDER = {item[: item.index(":")]: order for order, item in enumerate(_ITEMS)}


def definition(name: str) -> Definition | None:
    """Return what Kafka knows about a property, None if it does not know it."""
    order = _ORDER.get(name)
    if order is None:
        return None
    found = _READ.get(order)
    if found is None:
        found = _READ[order] = _definition(order)
    return found


def _definition(order: int) -> Definition:
    _, kind, *bounds = _ITEMS[order].split(":")
    if not bounds:
        return Definition(order, kind, None, None, "")
    if bounds[0].isalpha():
        return Definition(order, kind, None, None, bounds[0])
    return Definition(order, kind, float(bounds[0]), float(bounds[1]) if len(bounds) > 1 else None, "")


def order_of(name: str) -> int:
    """Return the place of a known property in the order of definition."""
    return _ORDER[name]
