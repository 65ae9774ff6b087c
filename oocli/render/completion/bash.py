"""The completion script of bash, from 3.2 (macOS) on."""

from __future__ import annotations

import shlex

from oocli.model.cli_schema import Command, Takes, Value

_SCRIPT = """\
# Completion of oocli for bash 3.2 and newer, made from oocli itself.
#
# For this session:  eval "$(oocli completion bash)"
# For good:          oocli completion bash > ~/.local/share/bash-completion/completions/oocli

# Tell of the command $1 its verbs, its options, what each option takes, and its arguments.
# A value is <text>, <file>, <at-file>, <portal>, or the words to choose from.
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
    for break in '=' ':'; do
        if [[ $COMP_WORDBREAKS == *"$break"* && $current == *"$break"* ]]; then
            head=${current%"$break"*}$break
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

_oocli_complete() {
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
    *) _oocli_offer $1 ;;
    esac
}

_oocli() {
    local IFS=$' \\t\\n' words current lead='' path='' at=1 word
    local verbs options values arguments repeats value cut=''
    local pending='' only_arguments='' count=0 quote=''
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
            pending=''
        elif [[ -n $only_arguments ]]; then
            ((count++))
        elif [[ $word == -- ]]; then
            only_arguments=1
        elif [[ $word == -?* ]]; then
            _oocli_value_of "$word"
            pending=$value
        else
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
"""


def script(program: Command) -> str:
    """Return the script for this program."""
    commands = "\n".join(_command(command) for command in program.everything())
    return _SCRIPT.replace("@COMMANDS@", commands)


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
