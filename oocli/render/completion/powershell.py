"""The completion script of PowerShell, 5.1 and newer."""

from __future__ import annotations

from collections.abc import Iterable

from oocli.model.cli_schema import Command, Takes, Value

_SCRIPT = """\
# Completion of oocli for PowerShell 5.1 and newer, made from oocli itself.
#
# For this session:  oocli completion powershell | Out-String | Invoke-Expression
# For good:          add that line to the file named by $PROFILE

Register-ArgumentCompleter -Native -CommandName oocli -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    # Of each command: its verbs, its options, what each option takes, and its arguments.
    # A value is <text>, <file>, <at-file>, <portal>, or the words to choose from.
    $grammar = @{
@COMMANDS@
    }

    $words = @($commandAst.CommandElements |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        Select-Object -Skip 1 |
        ForEach-Object { $_.Extent.Text })
    $path = ''
    $at = 0
    while ($at -lt $words.Count -and $grammar[$path].Verbs -ccontains $words[$at]) {
        $path = ($path + ' ' + $words[$at]).Trim()
        $at++
    }
    $command = $grammar[$path]
    $taken = {
        param($option)
        ($command.Values | Where-Object { $_.Names -ccontains $option }).Takes
    }
    $pending = $null
    $onlyArguments = $false
    $count = 0
    foreach ($word in @($words | Select-Object -Skip $at)) {
        if ($pending) { $pending = $null }
        elseif ($onlyArguments) { $count++ }
        elseif ($word -ceq '--') { $onlyArguments = $true }
        elseif ($word -like '-?*') { $pending = & $taken $word }
        else { $count++ }
    }

    $lead = ''
    if ($pending) { $value = $pending }
    elseif (-not $onlyArguments -and $wordToComplete -match '^(--[^=]+)=') {
        $lead = $Matches[0]
        $value = & $taken $Matches[1]
    }
    elseif (-not $onlyArguments -and $wordToComplete -like '-*') { $value = $command.Options }
    elseif ($command.Verbs) { $value = if ($count -eq 0) { $command.Verbs } }
    elseif ($count -lt $command.Arguments.Count) { $value = $command.Arguments[$count].Takes }
    elseif ($command.Repeats) { $value = $command.Arguments[-1].Takes }

    # Without an answer PowerShell goes on to complete files.
    if ("$value" -ceq '<portal>') { $value = @(& oocli completion --portals 2>$null) }
    $value |
        Where-Object { $_ -and $_ -notlike '<*>' } |
        ForEach-Object { "$lead$_" } |
        Where-Object { $_.StartsWith($wordToComplete, [StringComparison]::Ordinal) } |
        ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
}
"""


def script(program: Command) -> str:
    """Return the script for this program."""
    commands = "\n".join(_command(command) for command in program.everything())
    return _SCRIPT.replace("@COMMANDS@", commands)


def _command(command: Command) -> str:
    # Case counts in oocli (-v and -V) but not in PowerShell's tables, so no option is a key of one.
    values = [
        f"@{{ Names = {_array(option.names)}; Takes = {_value(option.value)} }}"
        for option in command.options
        if option.value is not None
    ]
    names = [name for option in command.options for name in option.names]
    arguments = [f"@{{ Takes = {_value(argument.value)} }}" for argument in command.arguments]
    repeats = bool(command.arguments) and command.arguments[-1].repeats
    return "\n".join(
        [
            f"        {_quoted(' '.join(command.path))} = @{{",
            f"            Verbs = {_array(verb.name for verb in command.verbs)}",
            f"            Options = {_array(names)}",
            f"            Values = {_lines(values)}",
            f"            Arguments = {_lines(arguments)}",
            f"            Repeats = ${str(repeats).lower()}",
            "        }",
        ]
    )


def _lines(entries: list[str]) -> str:
    if not entries:
        return "@()"
    return "\n".join(["@(", *(f"                {entry}" for entry in entries), "            )"])


def _value(value: Value) -> str:
    return _array(value.choices if value.takes is Takes.CHOICES else [f"<{value.takes.value}>"])


def _array(words: Iterable[str]) -> str:
    return f"@({', '.join(_quoted(word) for word in words)})"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
