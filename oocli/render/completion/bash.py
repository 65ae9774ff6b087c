"""The completion script of bash, from 3.2 (macOS) on."""

from __future__ import annotations

import shlex

from oocli.model.cli_schema import Command, Takes, Value
from oocli.render.completion.operations import SECTIONS, Operations, posix_data

_SCRIPT = """\
# Completion of oocli for bash 3.2 and newer, made from oocli itself.
#
# For this session:  eval "$(oocli completion bash)"
# For good:          oocli completion bash > ~/.local/share/bash-completion/completions/oocli

# Tell of the command $1 its verbs, its options, what each option takes, and its arguments.
# A value is one of <text>, <file>, <at-file>, <portal> and such, or the words to choose from.
_oocli_grammar() {
    verbs='' options='' values=() arguments=() repeats=''
    case "$1" in
@COMMANDS@
    esac
}

# Put the words up to the cursor together again: bash has cut them at `=`, `:` and others.
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

# Set `value` to what the option $1 takes; it is empty for a switch.
_oocli_value_of() {
    local entry
    value=''
    for entry in ${values[@]+"${values[@]}"}; do
        [[ " ${entry%%:*} " == *" $1 "* ]] && value=${entry#*:}
    done
}

# Set `cut` to what bash keeps of the word: it replaces only what stands after the last of these.
_oocli_cut() {
    local break head
    for break in '=' ':' '@'; do
        if [[ $COMP_WORDBREAKS == *"$break"* && $current == *"$break"* ]]; then
            head=${current%"$break"*}
            [[ $break == '@' ]] || head+=$break # readline keeps this one with what follows it
            ((${#head} > ${#cut})) && cut=$head
        fi
    done
}

# If the word has an open quote, set `quote` to it and `cut` to what stands before it, and take it
# out of `current`. Fail where the shell would expand what stands inside.
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

# Set `quoted` to the text $1 as it is written inside the open quote, or outside of any.
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

# Offer those of the words that go on from what is typed.
_oocli_offer() {
    local word
    for word in "$@"; do
        [[ $lead$word == "$current"* ]] || continue
        word=$lead$word
        COMPREPLY+=("${word#"$cut"}")
    done
}

# Offer the portals that oocli knows. Only this starts the program.
_oocli_portals() {
    local name
    while IFS= read -r name; do
        name=${name%$'\\r'} # on Windows
        [[ -n $name && $lead$name == "$current"* ]] || continue
        name=$lead$name
        COMPREPLY+=("${name#"$cut"}")
    done <<< "$(command oocli completion --portals 2> /dev/null)"
}

# Offer the files that go on from what stands after `lead`.
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

# Offer what stands in `offers`: after a `/` or `=` the word goes on.
_oocli_offer_all() {
    local word
    lead=''
    for word in ${offers[@]+"${offers[@]}"}; do
        [[ $word == "$current"* ]] || continue
        [[ $word == *[/=] ]] && compopt -o nospace 2> /dev/null # not in the bash of macOS
        COMPREPLY+=("${word#"$cut"}")
    done
}

# Offer the names of the operation on the line: `query` or `body`.
_oocli_offer_names() {
    local typed=${current#"$lead"} before=$lead i
    ((${#typed_arguments[@]} == 2)) || return 0
    _oocli_ready
    _oocli_names "${typed_arguments[0]}" "${typed_arguments[1]}" "$1" "$typed"
    for ((i = 0; i < ${#offers[@]}; i++)); do offers[i]=$before${offers[i]}; done
    _oocli_offer_all
}

# Load the operations, and see which kind of portal is meant.
_oocli_ready() {
    _oocli_load || return 1
    _oocli_kinds "${portal:-${OOCLI_PORTAL:-}}"
}

_oocli_complete() {
    local offers=() kinds _oocli_text
    case "$1" in
    '' | '<text>') ;;
    '<file>')
        # Readline does this best by itself, but the bash of macOS cannot be asked for it here.
        compopt -o default 2> /dev/null || _oocli_files
        ;;
    '<at-file>')
        lead=${current%%@*}@
        [[ $current == *@* ]] && _oocli_files
        ;;
    '<portal>') _oocli_portals ;;
    '<remote>')
        offers=(@SECTIONS@)
        _oocli_offer_all
        ;;
    '<api-path>' | '<api-words>')
        if ((${#typed_arguments[@]} == 0)); then
            _oocli_offer @METHODS@
        elif ((${#typed_arguments[@]} == 1)) && _oocli_ready; then
            word=''
            [[ $1 == '<api-words>' ]] && word=1
            _oocli_paths "${typed_arguments[0]}" "$current" "$word"
            _oocli_offer_all
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

# The operations below are read at the first Tab that needs them, if this is a file: that keeps the
# start of a shell short. Elsewhere (`eval`), and at that Tab, they are read at once.
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
    """Return the script for this program."""
    commands = "\n".join(_command(command) for command in program.all_commands())
    return (
        _SCRIPT.replace("@COMMANDS@", commands)
        .replace("@SECTIONS@", " ".join(SECTIONS))
        .replace("@METHODS@", " ".join(operations.methods))
        .replace("@OPERATIONS@", posix_data(operations).strip())
    )


def _command(command: Command) -> str:
    lines = [f"    {shlex.quote(' '.join(command.path))})"]
    if command.verbs:
        lines.append(f"        verbs='{' '.join(verb.name for verb in command.verbs)}'")
    names = [name for option in command.options for name in option.names]
    lines.append(f"        options='{' '.join(names)}'")
    values = [
        f"{' '.join(option.names)}:{_value(option.value)}"
        for option in command.options
        if option.value is not None
    ]
    if values:
        lines += ["        values=(", *(f"            {shlex.quote(value)}" for value in values)]
        lines.append("        )")
    if command.arguments:
        kinds = " ".join(shlex.quote(_value(argument.value)) for argument in command.arguments)
        lines.append(f"        arguments=({kinds})")
        if command.arguments[-1].repeats:
            lines.append("        repeats=1")
    return "\n".join([*lines, "        ;;"])


def _value(value: Value) -> str:
    return " ".join(value.choices) if value.takes is Takes.CHOICES else f"<{value.takes.value}>"
