# Completion of oocli for bash 3.2 and newer, made from oocli itself.
#
# For this session:  eval "$(oocli completion bash)"
# For good:          oocli completion bash > ~/.local/share/bash-completion/completions/oocli

# Tell of the command $1 its verbs, its options, what each option takes, and its arguments.
# A value is <text>, <file>, <at-file>, <portal>, or the words to choose from.
_oocli_grammar() {
    verbs='' options='' values=() arguments=() repeats=''
    case "$1" in
    '')
        verbs='login whoami portals token logout call api batch files demo doctor completion help'
        options='-V --version -h --help'
        ;;
    login)
        options='--user --password-stdin --password-file --with-token --otp --otp-command --phone --api-key --key-name --key-days --key-scope --print-token --insecure-storage --portal --timeout --max-time --retry --proxy --cacert --client-cert --insecure --insecure-http -q --quiet -v --verbose --debug --color --no-color --error-format --no-input -h --help'
        values=(
            '--user:<text>'
            '--password-file:<file>'
            '--otp:<text>'
            '--otp-command:<text>'
            '--phone:<text>'
            '--key-name:<text>'
            '--key-days:<text>'
            '--key-scope:<text>'
            '--portal:<portal>'
            '--timeout:<text>'
            '--max-time:<text>'
            '--retry:<text>'
            '--proxy:<text>'
            '--cacert:<file>'
            '--client-cert:<file>'
            '--color:auto always never'
            '--error-format:text json'
        )
        arguments=('<portal>')
        ;;
    whoami)
        options='--format --portal --timeout --max-time --retry --proxy --cacert --client-cert --insecure --insecure-http -q --quiet -v --verbose --debug --color --no-color --error-format --no-input -h --help'
        values=(
            --format:json
            '--portal:<portal>'
            '--timeout:<text>'
            '--max-time:<text>'
            '--retry:<text>'
            '--proxy:<text>'
            '--cacert:<file>'
            '--client-cert:<file>'
            '--color:auto always never'
            '--error-format:text json'
        )
        ;;
    portals)
        verbs='list use remove'
        options='-h --help'
        ;;
    'portals list')
        options='--format -q --quiet -v --verbose --debug --color --no-color --error-format --no-input -h --help'
        values=(
            --format:json
            '--color:auto always never'
            '--error-format:text json'
        )
        ;;
    'portals use')
        options='-q --quiet -v --verbose --debug --color --no-color --error-format --no-input -h --help'
        values=(
            '--color:auto always never'
            '--error-format:text json'
        )
        arguments=('<portal>')
        ;;
    'portals remove')
        options='-q --quiet -v --verbose --debug --color --no-color --error-format --no-input -h --help'
        values=(
            '--color:auto always never'
            '--error-format:text json'
        )
        arguments=('<portal>')
        ;;
    token)
        options='--portal --timeout --max-time --retry --proxy --cacert --client-cert --insecure --insecure-http -q --quiet -v --verbose --debug --color --no-color --error-format --no-input -h --help'
        values=(
            '--portal:<portal>'
            '--timeout:<text>'
            '--max-time:<text>'
            '--retry:<text>'
            '--proxy:<text>'
            '--cacert:<file>'
            '--client-cert:<file>'
            '--color:auto always never'
            '--error-format:text json'
        )
        ;;
    logout)
        options='--all --portal --timeout --max-time --retry --proxy --cacert --client-cert --insecure --insecure-http -q --quiet -v --verbose --debug --color --no-color --error-format --no-input -h --help'
        values=(
            '--portal:<portal>'
            '--timeout:<text>'
            '--max-time:<text>'
            '--retry:<text>'
            '--proxy:<text>'
            '--cacert:<file>'
            '--client-cert:<file>'
            '--color:auto always never'
            '--error-format:text json'
        )
        ;;
    call)
        options='-p --param -f --raw-field -F --field -d --data --form --part -H --header --wait --wait-timeout -r --response --paginate --limit --page-size --jq --format --columns --safe-cells -i --include -o --output -O --remote-name --no-fail --dry-run --print-curl -y --yes --portal --timeout --max-time --retry --proxy --cacert --client-cert --insecure --insecure-http -q --quiet -v --verbose --debug --color --no-color --error-format --no-input -h --help'
        values=(
            '-p --param:<text>'
            '-f --raw-field:<text>'
            '-F --field:<at-file>'
            '-d --data:<at-file>'
            '--part:<at-file>'
            '-H --header:<text>'
            '--wait-timeout:<text>'
            '--limit:<text>'
            '--page-size:<text>'
            '--jq:<text>'
            '--format:json ndjson table csv tsv raw'
            '--columns:<text>'
            '-o --output:<file>'
            '--portal:<portal>'
            '--timeout:<text>'
            '--max-time:<text>'
            '--retry:<text>'
            '--proxy:<text>'
            '--cacert:<file>'
            '--client-cert:<file>'
            '--color:auto always never'
            '--error-format:text json'
        )
        arguments=('GET POST PUT DELETE HEAD PATCH OPTIONS' '<text>')
        ;;
    api)
        options='--kind --limit --format --portal -q --quiet -v --verbose --debug --color --no-color --error-format --no-input -h --help'
        values=(
            '--kind:workspace docspace all'
            '--limit:<text>'
            '--format:json ndjson table csv tsv'
            '--portal:<portal>'
            '--color:auto always never'
            '--error-format:text json'
        )
        arguments=('<text>')
        repeats=1
        ;;
    batch)
        options='--parallel --rate --stop-on-error --resume -y --yes --portal --timeout --max-time --retry --proxy --cacert --client-cert --insecure --insecure-http -q --quiet -v --verbose --debug --color --no-color --error-format --no-input -h --help'
        values=(
            '--parallel:<text>'
            '--rate:<text>'
            '--resume:<file>'
            '--portal:<portal>'
            '--timeout:<text>'
            '--max-time:<text>'
            '--retry:<text>'
            '--proxy:<text>'
            '--cacert:<file>'
            '--client-cert:<file>'
            '--color:auto always never'
            '--error-format:text json'
        )
        arguments=('<file>')
        ;;
    files)
        verbs='ls id get put mkdir mv cp rm'
        options='-h --help'
        ;;
    'files ls')
        options='-R --recursive --format --columns --portal --timeout --max-time --retry --proxy --cacert --client-cert --insecure --insecure-http -q --quiet -v --verbose --debug --color --no-color --error-format --no-input -h --help'
        values=(
            '--format:json ndjson table csv tsv'
            '--columns:<text>'
            '--portal:<portal>'
            '--timeout:<text>'
            '--max-time:<text>'
            '--retry:<text>'
            '--proxy:<text>'
            '--cacert:<file>'
            '--client-cert:<file>'
            '--color:auto always never'
            '--error-format:text json'
        )
        arguments=('<text>')
        ;;
    'files id')
        options='--portal --timeout --max-time --retry --proxy --cacert --client-cert --insecure --insecure-http -q --quiet -v --verbose --debug --color --no-color --error-format --no-input -h --help'
        values=(
            '--portal:<portal>'
            '--timeout:<text>'
            '--max-time:<text>'
            '--retry:<text>'
            '--proxy:<text>'
            '--cacert:<file>'
            '--client-cert:<file>'
            '--color:auto always never'
            '--error-format:text json'
        )
        arguments=('<text>')
        ;;
    'files get')
        options='-o --output -r --recursive --if-exists --parallel --dry-run --format --portal --timeout --max-time --retry --proxy --cacert --client-cert --insecure --insecure-http -q --quiet -v --verbose --debug --color --no-color --error-format --no-input -h --help'
        values=(
            '-o --output:<file>'
            '--if-exists:update skip overwrite rename fail'
            '--parallel:<text>'
            --format:ndjson
            '--portal:<portal>'
            '--timeout:<text>'
            '--max-time:<text>'
            '--retry:<text>'
            '--proxy:<text>'
            '--cacert:<file>'
            '--client-cert:<file>'
            '--color:auto always never'
            '--error-format:text json'
        )
        arguments=('<text>')
        repeats=1
        ;;
    'files put')
        options='-r --recursive --name --if-exists --parallel --follow-links --dry-run --format --portal --timeout --max-time --retry --proxy --cacert --client-cert --insecure --insecure-http -q --quiet -v --verbose --debug --color --no-color --error-format --no-input -h --help'
        values=(
            '--name:<text>'
            '--if-exists:update skip version rename fail'
            '--parallel:<text>'
            --format:ndjson
            '--portal:<portal>'
            '--timeout:<text>'
            '--max-time:<text>'
            '--retry:<text>'
            '--proxy:<text>'
            '--cacert:<file>'
            '--client-cert:<file>'
            '--color:auto always never'
            '--error-format:text json'
        )
        arguments=('<file>')
        repeats=1
        ;;
    'files mkdir')
        options='-p --parents --dry-run --portal --timeout --max-time --retry --proxy --cacert --client-cert --insecure --insecure-http -q --quiet -v --verbose --debug --color --no-color --error-format --no-input -h --help'
        values=(
            '--portal:<portal>'
            '--timeout:<text>'
            '--max-time:<text>'
            '--retry:<text>'
            '--proxy:<text>'
            '--cacert:<file>'
            '--client-cert:<file>'
            '--color:auto always never'
            '--error-format:text json'
        )
        arguments=('<text>')
        ;;
    'files mv')
        options='--dry-run --portal --timeout --max-time --retry --proxy --cacert --client-cert --insecure --insecure-http -q --quiet -v --verbose --debug --color --no-color --error-format --no-input -h --help'
        values=(
            '--portal:<portal>'
            '--timeout:<text>'
            '--max-time:<text>'
            '--retry:<text>'
            '--proxy:<text>'
            '--cacert:<file>'
            '--client-cert:<file>'
            '--color:auto always never'
            '--error-format:text json'
        )
        arguments=('<text>')
        repeats=1
        ;;
    'files cp')
        options='--dry-run --portal --timeout --max-time --retry --proxy --cacert --client-cert --insecure --insecure-http -q --quiet -v --verbose --debug --color --no-color --error-format --no-input -h --help'
        values=(
            '--portal:<portal>'
            '--timeout:<text>'
            '--max-time:<text>'
            '--retry:<text>'
            '--proxy:<text>'
            '--cacert:<file>'
            '--client-cert:<file>'
            '--color:auto always never'
            '--error-format:text json'
        )
        arguments=('<text>')
        repeats=1
        ;;
    'files rm')
        options='-r --recursive --permanently -y --yes --dry-run --portal --timeout --max-time --retry --proxy --cacert --client-cert --insecure --insecure-http -q --quiet -v --verbose --debug --color --no-color --error-format --no-input -h --help'
        values=(
            '--portal:<portal>'
            '--timeout:<text>'
            '--max-time:<text>'
            '--retry:<text>'
            '--proxy:<text>'
            '--cacert:<file>'
            '--client-cert:<file>'
            '--color:auto always never'
            '--error-format:text json'
        )
        arguments=('<text>')
        repeats=1
        ;;
    demo)
        verbs='serve'
        options='--kind -q --quiet -v --verbose --debug --color --no-color --error-format --no-input -h --help'
        values=(
            '--kind:workspace docspace'
            '--color:auto always never'
            '--error-format:text json'
        )
        ;;
    'demo serve')
        options='--port --kind --tls-cert --tls-key --tfa --api-keys --fault -q --quiet -v --verbose --debug --color --no-color --error-format --no-input -h --help'
        values=(
            '--port:<text>'
            '--kind:workspace docspace'
            '--tls-cert:<file>'
            '--tls-key:<file>'
            '--tfa:app app-new sms sms-new'
            '--fault:<text>'
            '--color:auto always never'
            '--error-format:text json'
        )
        ;;
    doctor)
        options='--format --portal --timeout --max-time --retry --proxy --cacert --client-cert --insecure --insecure-http -q --quiet -v --verbose --debug --color --no-color --error-format --no-input -h --help'
        values=(
            --format:json
            '--portal:<portal>'
            '--timeout:<text>'
            '--max-time:<text>'
            '--retry:<text>'
            '--proxy:<text>'
            '--cacert:<file>'
            '--client-cert:<file>'
            '--color:auto always never'
            '--error-format:text json'
        )
        ;;
    completion)
        options='-q --quiet -v --verbose --debug --color --no-color --error-format --no-input -h --help'
        values=(
            '--color:auto always never'
            '--error-format:text json'
        )
        arguments=('bash zsh fish powershell')
        ;;
    help)
        options='-q --quiet -v --verbose --debug --color --no-color --error-format --no-input -h --help'
        values=(
            '--color:auto always never'
            '--error-format:text json'
        )
        arguments=('environment exit-codes formats login whoami portals token logout call api batch files demo doctor completion help')
        repeats=1
        ;;
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
        elif [[ -z $quote && $character == [\"\'] ]]; then
            quote=$character cut=$plain
        elif [[ $quote == '"' && $character == [\\\$\`] ]]; then
            return 1
        else
            [[ -z $quote && $character == \\ ]] && ((++i)) && character=${current:i:1}
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
        if [[ $quote == '"' && $character == [\\\$\`\"] ]]; then
            character=\\$character
        elif [[ $character == "$quote" ]]; then
            character="'\\''"
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
        name=${name%$'\r'} # on Windows
        [[ -n $name && $lead$name == "$current"* ]] || continue
        name=$lead$name
        COMPREPLY+=("${name#"$cut"}")
    done <<< "$(command oocli completion --portals 2> /dev/null)"
}

# Offer the files that go on from what stands after `lead`.
_oocli_files() {
    local file quoted typed=${current#"$lead"}
    [[ -z $quote ]] && typed=${typed//\\/}
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
    local IFS=$' \t\n' words current lead='' path='' at=1 word
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
