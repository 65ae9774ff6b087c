"""The completion script for bash 3.2 (macOS) and newer."""

from __future__ import annotations

import shlex

from oocli.model.cli_schema import Command
from oocli.render.completion.operations import (
    SECTIONS,
    Operations,
    placeholder_or_choices,
    posix_data,
)

_SCRIPT = """\
# Completion of oocli for bash 3.2 and newer, written by oocli.
#
# For this session:  eval "$(oocli completion bash)"
# For all sessions:  oocli completion bash > ~/.local/share/bash-completion/completions/oocli

# Set the subcommands (`verbs`), options, values of options, and arguments of the command $1.
# A value is a placeholder such as <text>, <file> or <portal>, or the words to choose from.
_oocli_grammar() {
    verbs='' options='' values=() arguments=() repeats=''
    case "$1" in
@COMMANDS@
    esac
}

# Set `words` to the words up to the cursor, which bash has split at `=`, `:` and others.
_oocli_words() {
    local left=${COMP_LINE:0:COMP_POINT} stripped word i
    words=()
    for ((i = 0; i <= COMP_CWORD; i++)); do
        stripped=${left#"${left%%[![:space:]]*}"}
        word=${COMP_WORDS[i]}
        ((i == COMP_CWORD)) && word=$stripped
        if ((i == 0)) || [[ $stripped != "$left" ]]; then
            words+=("$word")
        else
            words[${#words[@]} - 1]+=$word
        fi
        left=${stripped#"$word"}
    done
}

# Set `value` to the value of the option $1; it is empty for a flag.
_oocli_value_of() {
    local entry
    value=''
    for entry in ${values[@]+"${values[@]}"}; do
        [[ " ${entry%%:*} " == *" $1 "* ]] && value=${entry#*:}
    done
}

# Set `cut` to the start of the word that bash keeps: it replaces only the text after `=`, `:`, `@`.
_oocli_cut() {
    local break head
    for break in '=' ':' '@'; do
        if [[ $COMP_WORDBREAKS == *"$break"* && $current == *"$break"* ]]; then
            head=${current%"$break"*}
            [[ $break == '@' ]] || head+=$break # readline replaces an `@`, too
            ((${#head} > ${#cut})) && cut=$head
        fi
    done
}

# If the word has an open quote, set `quote` to it, `cut` to the text before it, and `current` to
# the text without it. Fail if the shell would expand the text.
_oocli_unquote() {
    local character plain='' i
    for ((i = 0; i < ${#current}; i++)); do
        character=${current:i:1}
        if [[ $character == "$quote" ]]; then
            quote=''
        elif [[ -z $quote && $character == [\\"\\'] ]]; then
            quote=$character cut=$plain
        elif [[ $quote == '"' && $character == [\\\\\\$\\`] ]]; then
            return 1
        else
            [[ -z $quote && $character == \\\\ ]] && ((++i)) && character=${current:i:1}
            plain+=$character
        fi
    done
    if [[ -n $quote ]]; then
        current=$plain
    else
        cut=''
        _oocli_cut
    fi
    return 0
}

# Set `quoted` to the text $1 with the escapes that it needs in the open quote, or without a quote.
_oocli_quoted() {
    local character i
    if [[ -z $quote ]]; then
        printf -v quoted %q "$1"
        return
    fi
    quoted=''
    for ((i = 0; i < ${#1}; i++)); do
        character=${1:i:1}
        if [[ $quote == '"' && $character == [\\\\\\$\\`\\"] ]]; then
            character=\\\\$character
        elif [[ $character == "$quote" ]]; then
            character="'\\\\''"
        fi
        quoted+=$character
    done
}

# Offer the words that start with the typed text. After a `/` or `=`, the word continues.
_oocli_offer() {
    local word
    for word in "$@"; do
        word=$lead$word
        [[ $word == "$current"* ]] || continue
        [[ $word == *[/=] ]] && compopt -o nospace 2> /dev/null # not in the bash of macOS
        COMPREPLY+=("${word#"$cut"}")
    done
}

# Offer the known portals. Only this function runs oocli.
_oocli_portals() {
    local name
    while IFS= read -r name; do
        name=${name%$'\\r'} # on Windows
        [[ -n $name ]] && _oocli_offer "$name"
    done <<< "$(command oocli completion --portals 2> /dev/null)"
}

# Offer the files that start with the typed text after `lead`.
_oocli_files() {
    local file quoted typed=${current#"$lead"}
    [[ -z $quote ]] && typed=${typed//\\\\/}
    while IFS= read -r file; do
        [[ -n $file ]] || continue
        if [[ -d $file ]]; then
            file+=/
            compopt -o nospace 2> /dev/null # not in the bash of macOS
        fi
        _oocli_quoted "$file"
        file=$lead$quoted
        COMPREPLY+=("${file#"$cut"}")
    done <<< "$(compgen -f -- "$typed")"
}

# Offer the parameters of the operation on the command line, those of its `query` or `body`.
_oocli_offer_names() {
    ((${#typed_arguments[@]} == 2)) || return 0
    _oocli_ready
    _oocli_names "${typed_arguments[0]}" "${typed_arguments[1]}" "$1" "${current#"$lead"}"
    _oocli_offer ${offers[@]+"${offers[@]}"}
}

# Load the operations, and set `kinds` for the chosen portal.
_oocli_ready() {
    _oocli_load || return 1
    _oocli_kinds "${portal:-${OOCLI_PORTAL:-}}"
}

_oocli_complete() {
    local offers=() kinds _oocli_text
    case "$1" in
    '' | '<text>') ;;
    '<file>')
        # Readline completes files best, but the bash of macOS has no compopt.
        compopt -o default 2> /dev/null || _oocli_files
        ;;
    '<at-file>')
        lead=${current%%@*}@
        [[ $current == *@* ]] && _oocli_files
        ;;
    '<portal>') _oocli_portals ;;
    '<remote>')
        _oocli_offer @SECTIONS@
        ;;
    '<api-path>' | '<api-words>')
        if ((${#typed_arguments[@]} == 0)); then
            _oocli_offer @METHODS@
        elif ((${#typed_arguments[@]} == 1)) && _oocli_ready; then
            word=''
            [[ $1 == '<api-words>' ]] && word=1
            _oocli_paths "${typed_arguments[0]}" "$current" "$word"
            _oocli_offer ${offers[@]+"${offers[@]}"}
        fi
        ;;
    '<query-name>') _oocli_offer_names query ;;
    '<body-name>') _oocli_offer_names body ;;
    '<body-name-or-file>')
        if [[ $current == *=@* ]]; then
            _oocli_complete '<at-file>'
        else
            _oocli_offer_names body
        fi
        ;;
    *) _oocli_offer $1 ;;
    esac
}

_oocli() {
    local IFS=$' \\t\\n' words current lead='' path='' at=1 word
    local verbs options values arguments repeats value cut=''
    local pending='' only_arguments='' count=0 quote='' option='' portal='' typed_arguments=()
    COMPREPLY=()
    _oocli_words
    local last=$((${#words[@]} - 1))
    current=${words[last]}
    _oocli_unquote || return 0
    _oocli_grammar ''
    while ((at < last)) && [[ " $verbs " == *" ${words[at]} "* ]]; do
        path="${path:+$path }${words[at]}"
        _oocli_grammar "$path"
        ((at++))
    done
    for word in "${words[@]:at:last-at}"; do
        if [[ -n $pending ]]; then
            [[ $option == --portal ]] && portal=$word
            pending=''
        elif [[ -n $only_arguments ]]; then
            typed_arguments+=("$word")
            ((count++))
        elif [[ $word == -- ]]; then
            only_arguments=1
        elif [[ $word == -?* ]]; then
            _oocli_value_of "$word"
            pending=$value option=$word
            [[ $word == --portal=* ]] && portal=${word#*=}
        else
            typed_arguments+=("$word")
            ((count++))
        fi
    done
    if [[ -n $pending ]]; then
        _oocli_complete "$pending"
    elif [[ -z $only_arguments && $current == --*=* ]]; then
        lead=${current%%=*}=
        _oocli_value_of "${current%%=*}"
        _oocli_complete "$value"
    elif [[ -z $only_arguments && $current == -* ]]; then
        _oocli_offer $options
    elif [[ -n $verbs ]]; then
        ((count == 0)) && _oocli_offer $verbs
    elif ((count < ${#arguments[@]})); then
        _oocli_complete "${arguments[count]}"
    elif [[ -n $repeats ]]; then
        _oocli_complete "${arguments[${#arguments[@]} - 1]}"
    fi
    return 0
}

complete -F _oocli oocli

# If this script is a file, the operations below are read at the first Tab that needs them, so that
# a shell starts fast. With `eval`, they are read at once.
if [[ -z ${_oocli_loading:-} && -f ${BASH_SOURCE[0]:-} ]]; then
    _oocli_file=${BASH_SOURCE[0]}
    [[ $_oocli_file == /* ]] || _oocli_file=$PWD/$_oocli_file
    IFS= read -r _oocli_line < "$_oocli_file"
    if [[ $_oocli_line == '# Completion of oocli for bash'* ]]; then
        _oocli_load() {
            local _oocli_loading=1
            source "$_oocli_file" 2> /dev/null
        }
        return
    fi
fi
_oocli_load() { :; }

@OPERATIONS@
"""


def script(program: Command, operations: Operations) -> str:
    """Return the script for the commands of the program."""
    commands = "\n".join(_command(command) for command in program.all_commands())
    return (
        _SCRIPT.replace("@COMMANDS@", commands)
        .replace("@SECTIONS@", " ".join(SECTIONS))
        .replace("@METHODS@", " ".join(operations.methods))
        .replace("@OPERATIONS@", posix_data(operations))
    )


def _command(command: Command) -> str:
    lines = [f"    {shlex.quote(' '.join(command.path))})"]
    if command.verbs:
        lines.append(f"        verbs='{' '.join(verb.name for verb in command.verbs)}'")
    names = [name for option in command.options for name in option.names]
    lines.append(f"        options='{' '.join(names)}'")
    values = [
        f"{' '.join(option.names)}:{' '.join(placeholder_or_choices(option.value))}"
        for option in command.options
        if option.value is not None
    ]
    if values:
        lines += ["        values=(", *(f"            {shlex.quote(value)}" for value in values)]
        lines.append("        )")
    if command.arguments:
        values = [" ".join(placeholder_or_choices(found.value)) for found in command.arguments]
        lines.append(f"        arguments=({shlex.join(values)})")
        if command.arguments[-1].repeats:
            lines.append("        repeats=1")
    return "\n".join([*lines, "        ;;"])
