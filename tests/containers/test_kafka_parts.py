"""The parts of the configuration, each taken apart on its own."""

import pytest

from grader.containers.kafka.addresses import is_ipv4, is_ipv6
from grader.containers.kafka.cluster_id import complaint, shell_word
from grader.containers.kafka.definitions import definition
from grader.containers.kafka.java import parse_double, parse_integer, parse_ipv4
from grader.containers.kafka.listeners import Listener, default_map, parse_listener, parse_listeners, parse_map
from grader.containers.kafka.typed import Invalid, parse
from grader.containers.kafka.voters import Voter, parse_voter, parse_voters
from tests.containers.projects import with_changes


@pytest.mark.parametrize(
    ("text", "name", "host", "port"),
    [
        ("PLAINTEXT://kafka:9092", "PLAINTEXT", "kafka", 9092),
        ("plaintext://:9092", "PLAINTEXT", "", 9092),
        ("A://[::1]:1", "A", "::1", 1),
        ("A://::1:1", "A", "::1", 1),
        ("A://social_commerce_kafka:1", "A", "social_commerce_kafka", 1),
        ("A://h:-1", "A", "h", -1),
        ("A://h:1;B://i:2", "A://H:1;B", "i", 2),
    ],
)
def test_a_listener_has_a_name_a_host_and_a_port(text: str, name: str, host: str, port: int) -> None:
    """The name is what stands before the last `://`, in capitals."""
    assert Listener(name, host, port, text) == parse_listener(text)


@pytest.mark.parametrize("text", ["PLAINTEXT", "A://h", "A:/h:1", "A://h:1/", "A://a b:1", "A://h:x", "A://h:", "h:1"])
def test_other_texts_are_no_listener(text: str) -> None:
    """Kafka says so in its own words."""
    assert f"Unable to parse {text} to a broker endpoint" == getattr(parse_listener(text), "reason", None)


def test_a_port_beyond_all_numbers_is_another_fault() -> None:
    """Java cannot read it as a number."""
    assert 'For input string: "90929092909290"' == getattr(parse_listener("A://h:90929092909290"), "reason", None)


def test_empty_items_of_a_list_of_listeners_are_passed_over() -> None:
    """Blanks around items too."""
    assert ["A", "B"] == [item.name for item in parse_listeners(" A://:1 ,, B://:2 ,") if isinstance(item, Listener)]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("A:PLAINTEXT,b : ssl", {"A": "PLAINTEXT", "B": "ssl"}),
        ("A:PLAINTEXT,", {"A": "PLAINTEXT"}),
        ("A:SSL,A:PLAINTEXT", {"A": "PLAINTEXT"}),
        ("x:A:PLAINTEXT", {"X:A": "PLAINTEXT"}),
        ("", {}),
        (",", {}),
        ("A=PLAINTEXT", None),
        ("A:PLAINTEXT,,B:SSL", None),
    ],
)
def test_a_map_is_split_at_the_last_colon_of_each_item(value: str, expected: dict[str, str] | None) -> None:
    """Empty items at the end are dropped, others are a fault; of the same name the last one counts."""
    assert expected == parse_map(value)


def test_without_a_map_controllers_speak_plaintext() -> None:
    """Unless a name of a secured protocol is in use."""
    assert "PLAINTEXT" == default_map(("CTRL",), ("PLAINTEXT", "CTRL"))["CTRL"]
    assert "CTRL" not in default_map(("CTRL",), ("SSL", "CTRL"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1@kafka:29093", Voter(1, "kafka", 29093, "1@kafka:29093")),
        ("+1@kafka:1", Voter(1, "kafka", 1, "+1@kafka:1")),
        ("1@CONTROLLER://kafka:1", Voter(1, "kafka", 1, "1@CONTROLLER://kafka:1")),
        ("1@[::1]:1", Voter(1, "::1", 1, "1@[::1]:1")),
        ("1@:1", Voter(1, "", 1, "1@:1")),
        ("1@kafka:1@", Voter(1, "kafka", 1, "1@kafka:1@")),
    ],
)
def test_a_voter_has_an_id_a_host_and_a_port(text: str, expected: Voter) -> None:
    """A scheme in front of the host is dropped."""
    assert expected == parse_voter(text)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("kafka:29093", "voters-form"),
        ("1@2@kafka:1", "voters-form"),
        ("1:kafka:29093", "voters-form"),
        ("", "voters-form"),
        ("1 @kafka:1", "voters-id"),
        ("one@kafka:1", "voters-id"),
        ("1@kafka", "voters-address"),
        ("1@kafka:x", "voters-address"),
        ("1@kafka:99999", "voters-port"),
        ("1@kafka:99999999999", "voters-port"),
    ],
)
def test_a_bad_voter_names_its_fault(text: str, rule: str) -> None:
    """Which of the three parts is wrong."""
    assert rule == getattr(parse_voter(text), "rule", None)


def test_a_trailing_comma_makes_an_empty_voter() -> None:
    """Kafka's lists keep empty items."""
    assert 2 == len(parse_voters("1@kafka:1,"))


@pytest.mark.parametrize("text", ["MkU3OEVBNTcwNTJENDM2Qk", "MkU3OEVBNTcwNTJENDM2Qg==", "A" * 22, "-" * 22, "_" * 22])
def test_22_url_safe_characters_are_a_cluster_id(text: str) -> None:
    """Or 24 with two padding signs."""
    assert complaint(text) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("my-cluster", "decoded as 7 bytes"),
        ("A" * 23, "decoded as 17 bytes"),
        ("A" * 24, "decoded as 18 bytes"),
        ("a1b2c3d4-e5f6-7890-abcd-ef1234567890", "Input string with prefix `a1b2c3d4-e5f6-7890-abcd-` is too long"),
        ("A" * 21, "Last unit does not have enough valid bits"),
        ("A" * 22 + "=", "wrong 4-byte ending unit"),
        ("A" * 20 + "+A", "Illegal base64 character 2b"),
        ("A" * 20 + "/A", "Illegal base64 character 2f"),
        ('"' + "A" * 20 + '"', "Illegal base64 character 22"),
        ("é" + "A" * 21, "Illegal base64 character -17"),
        ("A", "Input byte[] should at least have 2 bytes"),
        ("AAAA=", "wrong 4-byte ending unit"),
        ("AAA=A", "incorrect ending byte at 4"),
    ],
)
def test_java_says_what_is_wrong_with_an_id(text: str, reason: str) -> None:
    """The message of the decoder is kept."""
    assert reason in (complaint(text) or "")


@pytest.mark.parametrize(("value", "expected"), [("A\n", "A"), ("A ", "A"), (" A", None), ("A B", None), ("\tA", None)])
def test_the_shell_splits_the_id_at_blanks(value: str, expected: str | None) -> None:
    """The script does not quote it."""
    assert expected == shell_word(value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1", 1), ("+1", 1), ("-01", -1), ("2147483647", 2147483647), ("2147483648", None), ("1.0", None), ("1_0", None)],
)
def test_whole_numbers_are_those_of_java(text: str, expected: int | None) -> None:
    """Signs and leading zeros are fine."""
    assert expected == parse_integer(text)


@pytest.mark.parametrize(
    ("text", "expected"), [("0.5", 0.5), ("1f", 1.0), ("1e3", 1000.0), ("inf", None), ("1_0", None), ("", None)]
)
def test_floating_point_numbers_are_those_of_java(text: str, expected: float | None) -> None:
    """Letters for the type are fine, words of Python are not."""
    assert expected == parse_double(text)


@pytest.mark.parametrize(
    ("host", "expected"),
    [("0", (0, 0, 0, 0)), ("127.1", (127, 0, 0, 1)), ("10.1.2.3", (10, 1, 2, 3)), ("256.1.1.1", None), ("kafka", None)],
)
def test_ipv4_addresses_have_short_forms(host: str, expected: tuple[int, ...] | None) -> None:
    """As Java takes them."""
    assert expected == parse_ipv4(host)


def test_addresses_are_told_from_names() -> None:
    """For the rule about one port twice."""
    assert [True, False, False] == [is_ipv4(host) for host in ("1.2.3.4", "01.2.3.4", "1.2.3")]
    assert [True, True, True, False, False] == [
        is_ipv6(host) for host in ("::", "fe80::1%eth0", "::ffff:1.2.3.4", "1::2::3", "kafka")
    ]


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("log.retention.hours", "abc", "Not a number of type INT"),
        ("offsets.topic.replication.factor", "40000", "Not a number of type SHORT"),
        ("num.partitions", "0", "Value must be at least 1"),
        ("log.cleaner.min.cleanable.ratio", "2", "Value must be no more than 1"),
        ("delete.topic.enable", "yes", "Expected value to be either true or false"),
        ("compression.type", "rar", "String must be one of: uncompressed, zstd, lz4, snappy, gzip, producer"),
        ("log.cleanup.policy", "keep", "String must be one of: compact, delete"),
        ("inter.broker.protocol.version", "9.9", "Version 9.9 is not a valid version"),
        ("remote.log.storage.manager.class.name", "", "String must be non-empty"),
        ("principal.builder.class", "no.such.Class", "Class no.such.Class could not be found."),
    ],
)
def test_a_typed_property_refuses_what_does_not_fit(name: str, text: str, reason: str) -> None:
    """The reason is Kafka's."""
    known = definition(name)
    assert known is not None

    with pytest.raises(Invalid) as caught:
        parse(name, known, text)

    assert reason == caught.value.reason


def test_parts_do_not_hide_each_other() -> None:
    """A fault in the listeners leaves voters, map and names as they are."""
    model = with_changes(KAFKA_LISTENERS="PLAINTEXT://0.0.0.0,CONTROLLER://0.0.0.0:29093", KAFKA_NODE_ID="one")

    assert model.listeners is None
    assert ["CONTROLLER"] == [item.name for item in model.listener_items if isinstance(item, Listener)]
    assert model.node_id is None
    assert model.voters is not None
    assert ("CONTROLLER",) == model.controller_names
    assert "PLAINTEXT" == model.inter_broker
    assert {"CONTROLLER": "PLAINTEXT", "PLAINTEXT": "PLAINTEXT"} == model.protocol_map
