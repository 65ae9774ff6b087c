"""The description of the commands for completion, manual and help."""

from oocli.model.cli_schema import Command


def test_all_commands_are_listed_in_the_order_of_the_help():
    listing, using = Command(("portals", "list"), "List"), Command(("portals", "use"), "Use")
    portals = Command(("portals",), "Portals", verbs=(listing, using))
    program = Command((), "", verbs=(portals, Command(("call",), "Call")))

    paths = [" ".join(command.path) for command in program.all_commands()]

    assert paths == ["", "portals", "portals list", "portals use", "call"]


def test_the_name_of_a_command_is_its_last_word():
    assert Command(("portals", "use"), "").name == "use"
    assert Command((), "").name == ""
