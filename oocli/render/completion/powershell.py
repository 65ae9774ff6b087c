"""The completion script for PowerShell 5.1 and newer."""

from __future__ import annotations

from collections.abc import Iterable

from oocli.model.cli_schema import Command
from oocli.render.completion.operations import (
    SECTIONS,
    Operations,
    placeholder_or_choices,
    table,
)

_SCRIPT = """\
# Completion of oocli for PowerShell 5.1 and newer, written by oocli.
#
# For this session:  oocli completion powershell | Out-String | Invoke-Expression
# For all sessions:  add that line to the file $PROFILE

Register-ArgumentCompleter -Native -CommandName oocli -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    # The subcommands (Verbs), options, values of options, and arguments of each command.
    # A value is a placeholder such as <text>, <file> or <portal>, or the words to choose from.
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
    $arguments = @()
    foreach ($word in @($words | Select-Object -Skip $at)) {
        if ($pending) { $pending = $null }
        elseif ($onlyArguments) { $count++; $arguments += $word }
        elseif ($word -ceq '--') { $onlyArguments = $true }
        elseif ($word -like '-?*') { $pending = & $taken $word }
        else { $count++; $arguments += $word }
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

    # The operations of KIND METHOD WORD, and the first words of KIND METHOD. Set at the first Tab.
    if (-not $script:oocliOperations) {
        $script:oocliOperations = @{
@ENTRIES@
        }
        $script:oocliChoices = @(
@CHOICES@
        )
    }

    # The kind of the portal, or both kinds if portals.json does not contain it.
    $kinds = {
        $folder = if ($env:OOCLI_CONFIG_DIR) { $env:OOCLI_CONFIG_DIR }
            elseif ($env:XDG_CONFIG_HOME) { "$env:XDG_CONFIG_HOME/oocli" }
            elseif ($env:LOCALAPPDATA) { "$env:LOCALAPPDATA/oocli" }
            else { "$HOME/.config/oocli" }
        $file = "$folder/portals.json"
        $key = $env:OOCLI_PORTAL
        for ($i = 0; $i -lt $words.Count; $i++) {
            if ($words[$i] -clike '--portal=*') { $key = $words[$i].Substring(9) }
            elseif ($i -and $words[$i - 1] -ceq '--portal') { $key = $words[$i] }
        }
        $known = $null
        if (Test-Path -LiteralPath $file) {
            try { $known = Get-Content -Raw -LiteralPath $file | ConvertFrom-Json } catch { }
        }
        if ($known -and -not $key) { $key = $known.default }
        $key = "$key" -replace '^https?://', '' -replace '/$', ''
        $kind = if ($known -and $key) { $known.portals.$key.kind }
        if ($kind -in 'workspace', 'docspace') { $kind[0] } else { 'w', 'd' }
    }
    # What follows the start of a path. An exact word has precedence over a placeholder.
    $walk = {
        param($method, $parts)
        $entries = @(& $kinds | ForEach-Object {
            "$($script:oocliOperations["$_ $method $($parts[0])"])" -split ' ' | Where-Object { $_ }
        })
        foreach ($part in @($parts | Select-Object -Skip 1)) {
            $literal = '^' + [regex]::Escape($part) + '(/|(?=\\|))'
            $wanted = if (@($entries -cmatch $literal).Count) { $literal }
                else { '^\\{[^}]*\\}(/|(?=\\|))' }
            $entries = @($entries -cmatch $wanted -replace $wanted, '')
        }
        $entries
    }
    $given = @($arguments)
    if ("$value" -in '<api-path>', '<api-words>') {
        $templates = "$value" -ceq '<api-words>'
        $value = if ($count -eq 0) { @METHODS@ }
        elseif ($count -eq 1) {
            $start = [regex]::Match($wordToComplete, '^(/?api/2\\.0/|/)?').Value
            $before = [regex]::Match($wordToComplete.Substring($start.Length), '^.*/').Value
            $entries = if ($before) { & $walk $given[0] $before.TrimEnd('/').Split('/') }
            else {
                & $kinds | ForEach-Object {
                    "$($script:oocliOperations["$_ $($given[0])"])" -split ' '
                }
            }
            $entries | ForEach-Object { [regex]::Match($_, '^[^|/]*/?').Value } |
                Where-Object { $_ -and ($templates -or $_ -notlike '{*') } |
                Select-Object -Unique | ForEach-Object { "$start$before$_" }
        }
    }
    elseif ("$value" -in '<query-name>', '<body-name>', '<body-name-or-file>') {
        $place = if ("$value" -ceq '<query-name>' -or $given[0] -ceq 'GET') { 1 } else { 2 }
        $typed = $wordToComplete.Substring($lead.Length)
        $value = if ($given.Count -ge 2) {
            $path = $given[1] -replace '^/?(api/2\\.0/)?', '' -replace '(\\.json)?/?(\\?.*)?$', ''
            & $walk $given[0] $path.Split('/') | Where-Object { $_ -like '|*' } | ForEach-Object {
                $_.Split('|')[$place].Replace('%', '@LISTS@').Split(',') | Where-Object { $_ }
            } | ForEach-Object {
                $name, $number = $_.Split(':')
                if ($typed -notlike '*=*') { "$name=" }
                elseif ($number -and $typed.StartsWith("$name=", [StringComparison]::Ordinal)) {
                    $script:oocliChoices[[int]$number].Split(' ') | ForEach-Object { "$name=$_" }
                }
            } | Select-Object -Unique
        }
    }
    elseif ("$value" -ceq '<remote>') { $value = @SECTIONS@ }

    # Without a result, PowerShell completes files.
    if ("$value" -ceq '<portal>') { $value = @(& oocli completion --portals 2>$null) }
    $value |
        Where-Object { $_ -and $_ -notlike '<*>' } |
        ForEach-Object { "$lead$_" } |
        Where-Object { $_.StartsWith($wordToComplete, [StringComparison]::Ordinal) } |
        ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
}
"""


def script(program: Command, operations: Operations) -> str:
    """Return the script for the commands of the program."""
    made = table(operations)
    entries = [f"            '{key}' = '{text}'" for key, text in made.entries.items()]
    return (
        _SCRIPT.replace("@COMMANDS@", "\n".join(map(_command, program.all_commands())))
        .replace("@ENTRIES@", "\n".join(entries))
        .replace("@CHOICES@", "\n".join(f"            '{text}'" for text in made.choices))
        .replace("@LISTS@", ",".join(operations.list_names))
        .replace("@SECTIONS@", _array(SECTIONS))
        .replace("@METHODS@", _array(operations.methods))
    )


def _command(command: Command) -> str:
    # Options differ in case (-v and -V), but the keys of a hash table in PowerShell do not.
    values = [
        f"@{{ Names = {_array(option.names)}; "
        f"Takes = {_array(placeholder_or_choices(option.value))} }}"
        for option in command.options
        if option.value is not None
    ]
    names = [name for option in command.options for name in option.names]
    arguments = [
        f"@{{ Takes = {_array(placeholder_or_choices(argument.value))} }}"
        for argument in command.arguments
    ]
    repeats = any(argument.repeats for argument in command.arguments)
    return "\n".join(
        [
            f"        '{' '.join(command.path)}' = @{{",
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


def _array(words: Iterable[str]) -> str:
    quoted = ("'" + word.replace("'", "''") + "'" for word in words)
    return f"@({', '.join(quoted)})"
