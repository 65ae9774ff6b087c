# Completion of oocli for bash 3.2 and newer, written by oocli.
#
# For this session:  eval "$(oocli completion bash)"
# For all sessions:  oocli completion bash > ~/.local/share/bash-completion/completions/oocli

# Set the subcommands (`verbs`), options, values of options, and arguments of the command $1.
# A value is a placeholder such as <text>, <file> or <portal>, or the words to choose from.
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
            '-p --param:<query-name>'
            '-f --raw-field:<body-name>'
            '-F --field:<body-name-or-file>'
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
        arguments=('GET POST PUT DELETE HEAD PATCH OPTIONS' '<api-path>')
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
        arguments=('<api-words>')
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
        arguments=('<remote>')
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
        arguments=('<remote>')
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
        arguments=('<remote>')
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
        arguments=('<remote>')
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
        arguments=('<remote>')
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
        arguments=('<remote>')
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
        arguments=('<remote>')
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
        if [[ $quote == '"' && $character == [\\\$\`\"] ]]; then
            character=\\$character
        elif [[ $character == "$quote" ]]; then
            character="'\\''"
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
        name=${name%$'\r'} # on Windows
        [[ -n $name ]] && _oocli_offer "$name"
    done <<< "$(command oocli completion --portals 2> /dev/null)"
}

# Offer the files that start with the typed text after `lead`.
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
        _oocli_offer my/ rooms/ common/ projects/ shared/ trash/ archive/
        ;;
    '<api-path>' | '<api-words>')
        if ((${#typed_arguments[@]} == 0)); then
            _oocli_offer POST PUT DELETE GET PATCH
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
    local IFS=$' \t\n' words current lead='' path='' at=1 word
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

# Set `_oocli_text` to the operations of KIND METHOD WORD, or the first words of KIND METHOD.
_oocli_operations() {
    _oocli_text=
    case "$1" in
    'w POST') _oocli_text='authentication authentication/ calendar calendar/ community/ crm/ files/ group group/ mail/ mailserver/ migration/ people people/ portal/ project project/ security/ settings/' ;;
    'w PUT') _oocli_text='calendar/ community/ crm/ feed/ files/ group/ mail/ mailserver/ people/ project/ security/ settings/' ;;
    'w DELETE') _oocli_text='calendar/ community/ crm/ files/ group/ mail/ mailserver/ people/ portal/ project project/ settings/' ;;
    'w GET') _oocli_text='calendar/ capabilities community/ crm/ feed/ files/ group group/ mail/ mailserver/ migration/ people people/ portal portal/ project project/ security/ settings settings/' ;;
    'd GET') _oocli_text='accounts/ authentication backup/ capabilities clients clients/ files/ group group/ keys keys/ migration/ people people/ portal portal/ scopes security/ settings settings/ smtpsettings/ thirdparty/' ;;
    'd POST') _oocli_text='authentication authentication/ backup/ clients files/ group group/ keys migration/ people people/ portal/ security/ settings/ smtpsettings/' ;;
    'd DELETE') _oocli_text='backup/ clients/ files/ group/ keys/ people/ portal/ settings/ smtpsettings/' ;;
    'd PUT') _oocli_text='clients/ files/ group/ keys/ people/ portal/ security/ settings/' ;;
    'd PATCH') _oocli_text='clients/' ;;
    'w POST authentication') _oocli_text='||userName,password,provider,accessToken,codeOAuth sendsms||userName,password,provider,accessToken setphone||userName,password,provider,accessToken,mobilePhone {code}||userName,password,provider,accessToken,codeOAuth' ;;
    'w POST calendar') _oocli_text='||name,description,textColor,backgroundColor,timeZone,alertType,sharingOptions[],iCalUrl,isTodo calendarUrl||iCalUrl,name,textColor,backgroundColor event||name,description,startDate,endDate,repeatType,alertType,isAllDayLong,sharingOptions[] icsevent||calendarId,ics,alertType,sharingOptions[],eventUid icstodo||ics,todoUid import|| importIcs||calendarId,iCalString outsideevent||calendarGuid,eventGuid,ics utcoffset||timeZone,startDate,endDate {calendarId}/event||name,description,startDate,endDate,repeatType,alertType,isAllDayLong,sharingOptions[] {calendarId}/import||' ;;
    'w PUT calendar') _oocli_text='caldavevent||calendarId,uid,alert,responsibles[] icsevent||eventId,calendarId,ics,alertType,sharingOptions[],fromCalDavServer,ownerId icstodo||todoId,calendarId,ics,fromCalDavServer refreshcaldavcalendar||calendarId,team[] {calendarId}||name,description,textColor,backgroundColor,timeZone,alertType,hideEvents,sharingOptions[],iCalUrl {calendarId}/view||name,textColor,backgroundColor,timeZone,alertType,hideEvents {calendarId}/{eventId}||name,description,startDate,endDate,repeatType,alertType,isAllDayLong,sharingOptions[],status' ;;
    'w DELETE calendar') _oocli_text='caldavevent||calendarId,uid,responsibles[] caldavprojcal||calendarId,team[] events/{eventId}|| events/{eventId}/custom||date,type,fromCaldavServer,uri events/{eventId}/unsubscribe|| todos/{todoId}||fromCaldavServer {calendarId}||' ;;
    'w GET calendar') _oocli_text='calendar/{calendarId}/{startDate}/{endDate}|| calendars/{startDate}/{endDate}|%| events/{eventId}/historybyid|| events/{eventUid}/historybyuid|| sharing|| subscriptions|%| {calendarId}|| {calendarId}/caldavurl|uri| {calendarId}/ical/{signature}|| {calendarId}/icalurl|| {calendarId}/sharing||' ;;
    'w GET capabilities') _oocli_text='||' ;;
    'w GET community') _oocli_text='blog|%| blog/@search/{query}|%| blog/@self|%| blog/tag|%| blog/tag/{tag}|%| blog/user/{username}|%| blog/{postid}|| blog/{postid}/comment|%| bookmark|%| bookmark/@favs|%| bookmark/@search/{query}|%| bookmark/@self|%| bookmark/bytag|tag,%| bookmark/tag|%| bookmark/top/day|%| bookmark/top/month|%| bookmark/top/recent|%| bookmark/top/week|%| bookmark/top/year|%| bookmark/{id}|| bookmark/{id}/comment|%| event|%| event/@search/{query}|%| event/@self|%| event/{feedid}|| event/{feedid}/comment|%| forum|| forum/@search/{query}|%| forum/topic/recent|%| forum/topic/{topicid}|| forum/{threadid}|| wiki|category,%| wiki/file/{name}|| wiki/search/bycontent/{content}|%| wiki/search/byname/{name}|%| wiki/{name}|version| wiki/{page}/comment|%| wiki/{page}/story|%|' ;;
    'w POST community') _oocli_text='blog||title,content,tags,subscribeComments blog/comment||parentcommentid,entityid,content blog/comment/preview||commentid,htmltext blog/{postid}/comment||content,parentId bookmark||url,title,description,tags bookmark/comment||parentcommentid,entityid,content bookmark/comment/preview||commentid,htmltext bookmark/{id}/comment||content,parentId event||title,content,type event/comment||parentcommentid,entityid,content event/comment/preview||commentid,htmltext event/{feedid}/comment||content,parentId event/{feedid}/subscribe||isSubscribe event/{feedid}/vote||variants[] forum||categoryId,categoryName,threadName,threadDescription forum/topic/{topicid}||parentPostId,subject,content forum/{threadid}||subject,content,topicType preview||title,content wiki||name,body wiki/comment||parentcommentid,entityid,content wiki/comment/preview||commentid,htmltext wiki/file|| wiki/{page}/comment||content,parentId' ;;
    'w PUT community') _oocli_text='blog/comment/{commentid}||content blog/{postid}||title,content,tags bookmark/comment/{commentid}||content event/comment/{commentid}||content event/{feedid}||title,content,type forum/topic/{topicid}||subject,sticky,closed forum/topic/{topicid}/{postid}||subject,content wiki/comment/{commentid}||content wiki/{name}||body' ;;
    'w DELETE community') _oocli_text='blog/comment/{commentid}|| blog/{postid}|| bookmark/@favs/{id}|| bookmark/comment/{commentid}|| bookmark/{id}|| event/comment/{commentid}|| event/{feedid}|| forum/category/{categoryid}|| forum/post/{postid}|| forum/thread/{threadid}|| forum/topic/{topicid}|| wiki/comment/{commentid}|| wiki/file/{name}|| wiki/{name}||' ;;
    'w POST crm') _oocli_text='case||title,members[],customFieldList[],isPrivate,accessList[],isNotify case/filter/taglist||contactid,isClosed[],tags[],tagName case/{caseid}/contact||contactid contact/company||companyName,about,personList[],shareType,managerList[],customFieldList[] contact/company/quick||companyName[] contact/company/{companyid}/person||personid contact/filter/taglist||tags[],contactStage,contactType,contactListView,fromDate,toDate,tagName contact/person||firstName,lastName,jobTitle,companyId,about,shareType,managerList[],customFieldList[] contact/person/quick||data[] contact/project/{projectid}||contactid[] contact/status||title,description,color,sortOrder contact/type||title,sortOrder contact/{contactid}/addressdata||address contact/{contactid}/data||infoType,data,isPrimary,category contact/{contactid}/opportunity/{opportunityid}|| contact/{contactid}/project/{projectid}|| currency/addrates||rates[] currency/rates||fromCurrency,toCurrency,rate currency/setrates||currency,rates[] history||entityType,entityId,contactId,content,categoryId,created,fileId[],notifyUserList[] history/category||title,description,imageName,sortOrder invoice||number,issueDate,templateType,contactId,consigneeId,entityId,billingAddressID,deliveryAddressID,dueDate,language,currency,exchangeRate,purchaseOrderNumber,terms,description,invoiceLines[] invoice/converter/data||invoiceId,storageUrl,revisionId invoice/tax||name,description,rate invoiceitem||title,description,price,sku,stockQuantity,trackInventory,invoiceTax1id,invoiceTax2id invoiceline||invoiceId,invoiceItemId,invoiceTax1Id,invoiceTax2Id,sortOrder,description,quantity,price,discount opportunity||contactid,members[],title,description,responsibleid,bidType,bidValue,bidCurrencyAbbr,perPeriodValue,stageid,successProbability,actualCloseDate,expectedCloseDate,customFieldList[],isPrivate,accessList[],isNotify opportunity/filter/taglist||responsibleid,opportunityStagesid,tags[],contactid,stageType[],contactAlsoIsParticipant[],fromDate,toDate,tagName opportunity/stage||title,description,color,successProbability,stageType opportunity/{opportunityid}/contact/{contactid}|| report/check||type,timePeriod,managers[] report/generate||type,timePeriod,managers[] task||title,description,deadline,responsibleId,categoryId,contactId,entityType,entityId,isNotify,alertValue task/category||title,description,imageName,sortOrder voip/call||to,contactId voip/call/{callId}||from,to,answeredBy,status[],contactId,price[] voip/call/{callId}/answer|| voip/call/{callId}/redirect||to voip/call/{callId}/reject|| voip/numbers||number voip/numbers/link||id voip/price/{callId}|| {entityType}/customfield||label,fieldType,position,mask {entityType}/tag||tagName {entityType}/taglist||entityid[],tagName {entityType}/{entityid}/customfield/{fieldid}||fieldValue {entityType}/{entityid}/files||fileids[] {entityType}/{entityid}/files/text||title,content {entityType}/{entityid}/files/upload||file,contentType,contentDisposition,storeOriginalFileFlag {entityType}/{entityid}/tag||tagName {entityType}/{entityid}/tag/group||tagName' ;;
    'w PUT crm') _oocli_text='case||casesids[] case/access||casesid[],isPrivate,accessList[] case/filter/access||contactid,isClosed[],tags[],isPrivate,accessList[] case/{caseid}||title,members[],customFieldList[],isPrivate,accessList[],isNotify case/{caseid}/access||isPrivate,accessList[] case/{caseid}/close|| case/{caseid}/reopen|| contact||contactids[] contact/access||contactid[],isShared,managerList[] contact/company/{companyid}||companyName,about,shareType,managerList[],customFieldList[] contact/company/{companyid}/status||contactStatusid contact/filter/access||tags[],contactStage[],contactType[],contactListView,fromDate,toDate,isPrivate,managerList[] contact/mailtohistory/settings||writeMailToHistoryAuto contact/merge||fromcontactid,tocontactid contact/person/{personid}||firstName,lastName,jobTitle,companyId,about,shareType,managerList[],customFieldList[] contact/person/{personid}/status||contactStatusid contact/status/reorder||titles[] contact/status/settings||changeContactStatusGroupAuto[] contact/status/{id}||title,description,color,sortOrder contact/status/{id}/color||color contact/tag/settings||addTagToContactGroupAuto[] contact/type/reorder||titles[] contact/type/{id}||title,sortOrder contact/{contactid}/access||isShared,managerList[] contact/{contactid}/addressdata/{id}||address contact/{contactid}/changephoto|| contact/{contactid}/changephotobyurl||photourl contact/{contactid}/data/{id}||infoType[],data,isPrimary[],category contact/{contactid}/status||contactStatusid currency/rates/{id}||fromCurrency,toCurrency,rate history/category/reorder||titles[] history/category/{id}||title,description,imageName,sortOrder history/category/{id}/icon||imageName invoice/settings/name||autogenerated,prefix,number invoice/settings/terms||terms invoice/status/{status}||invoiceids[] invoice/tax/{id}||name,description,rate invoice/{id}||issueDate,templateType,contactId,consigneeId,entityId,billingAddressID,deliveryAddressID,dueDate,language,currency,exchangeRate,purchaseOrderNumber,terms,description,invoiceLines[] invoiceitem/{id}||title,description,price,sku,stockQuantity,trackInventory,invoiceTax1id,invoiceTax2id invoiceline/{id}||invoiceId,invoiceItemId,invoiceTax1Id,invoiceTax2Id,sortOrder,description,quantity,price,discount opportunity||opportunityids[] opportunity/access||opportunityid[],isPrivate,accessList[] opportunity/filter/access||responsibleid,opportunityStagesid,tags[],contactid,stageType[],contactAlsoIsParticipant[],fromDate,toDate,isPrivate,accessList[] opportunity/stage/reorder||ids[] opportunity/stage/{id}||title,description,color,successProbability,stageType opportunity/stage/{id}/color||color opportunity/{opportunityid}||contactid,members[],title,description,responsibleid,bidType,bidValue,bidCurrencyAbbr,perPeriodValue,stageid,successProbability,actualCloseDate,expectedCloseDate,customFieldList[],isPrivate,accessList[],isNotify opportunity/{opportunityid}/access||isPrivate,accessList[] opportunity/{opportunityid}/stage/{id}||stageid settings||configured[],webFormKey[] settings/currency||currency settings/organisation/address||street,city,state,zip,country settings/organisation/base||companyName settings/organisation/logo||reset settings/webformkey/change|| task/category/reorder||titles[] task/category/{id}||title,description,imageName,sortOrder task/category/{id}/icon||imageName task/{taskid}||title,description,deadline,responsibleid,categoryid,contactid,entityType,entityid,isNotify,alertValue task/{taskid}/close|| task/{taskid}/reopen|| voip/numbers/settings||queue,pause voip/numbers/{numberId}/oper||operators[] voip/numbers/{numberId}/settings||greeting,holdUp,wait,voiceMail,workingHours,allowOutgoingCalls[],record[],alias voip/opers/{operatorId}||status[],allowOutgoingCalls[],record[],answerType[],redirectToNumber {entityType}/customfield/reorder||fieldids[] {entityType}/customfield/{id}||label,fieldType,position,mask' ;;
    'w GET crm') _oocli_text='case/filter|contactid,isClosed,tags,%| case/{caseid}|| case/{caseid}/contact|%| contact/bycontactinfo|infoType,data,category,isPrimary,%| contact/company/{companyid}/person|%| contact/data/infoType|%| contact/data/{infoType}/category|%| contact/filter|tags,contactStage,contactType,contactListView,responsibleid,isShared,fromDate,toDate,%| contact/project/{projectid}|%| contact/status|%| contact/status/{contactStatusid}|| contact/type|%| contact/type/{contactTypeid}|| contact/{contactid}|| contact/{contactid}/access|%| contact/{contactid}/data|%| contact/{contactid}/data/{id}|| contact/{contactid}/data/{infoType}|%| contact/{contactid}/tag|%| currency/rates|%| currency/rates/{fromCurrency}/{toCurrency}|| currency/rates/{id}|| files/root|| history/category|%| history/filter|entityType,entityId,categoryId,createBy,fromDate,toDate,%| invoice/bynumber|number| invoice/bynumber/exist|number| invoice/filter|status,issueDateFrom,issueDateTo,dueDateFrom,dueDateTo,entityType,entityid,currency,%| invoice/jsondata/{invoiceid}|| invoice/sample|| invoice/settings|| invoice/tax|%| invoice/{invoiceid}|| invoice/{invoiceid}/pdf|| invoiceitem/filter|status,inventoryStock,%| invoiceitem/{invoiceitemid}|| opportunity/bycontact/{contactid}|%| opportunity/filter|responsibleid,opportunityStagesid,tags,contactid,stageType,contactAlsoIsParticipant,fromDate,toDate,%| opportunity/stage|%| opportunity/stage/{stageid}|| opportunity/{opportunityid}|| opportunity/{opportunityid}/contact|%| report/files|%| report/status|| report/terminate|| settings/currency|%| settings/currency/convert|amount,fromcurrency,tocurrency| settings/currency/summarytable|currency,%| settings/organisation/logo|id| task/category|%| task/category/{categoryid}|| task/filter|responsibleid,categoryid,isClosed,fromDate,toDate,entityType,entityid,%| task/{taskid}|| voip/call|callType,from,to,agent,client,contactID,%| voip/call/missed|%| voip/call/{callId}|| voip/numbers/available|numberType,isoCountryCode,%| voip/numbers/current|| voip/numbers/existing|%| voip/numbers/settings|| voip/numbers/unlinked|%| voip/numbers/{numberId}|| voip/numbers/{numberId}/oper|%| voip/token|| voip/uploads|%| {entityType}/customfield/definitions|%| {entityType}/invoicelist/{entityid}|%| {entityType}/tag|%| {entityType}/tag/{entityid}|%| {entityType}/{entityid}/customfield|%| {entityType}/{entityid}/files|%|' ;;
    'w DELETE crm') _oocli_text='case/filter||contactid,isClosed[],tags[] case/{caseid}|| case/{caseid}/contact/{contactid}|| contact/company/{companyid}/person||personid contact/filter||tags[],contactStage[],contactType[],contactListView,fromDate,toDate contact/status/{contactStatusid}|| contact/type/{contactTypeid}|| contact/{contactid}|| contact/{contactid}/avatar||contactType,uploadOnly contact/{contactid}/data/{id}|| contact/{contactid}/opportunity/{opportunityid}|| contact/{contactid}/project/{projectid}|| currency/rates/{id}|| files/{fileid}|| history/category/{id}|| history/{id}|| invoice||invoiceids[] invoice/tax/{id}|| invoice/{invoiceid}|| invoiceitem||ids[] invoiceitem/{id}|| invoiceline/{id}|| opportunity/filter||responsibleid,opportunityStagesid,tags[],contactid,stageType[],contactAlsoIsParticipant[],fromDate,toDate opportunity/stage/{id}|| opportunity/{opportunityid}|| opportunity/{opportunityid}/contact/{contactid}|| report/file/{fileid}|| task/category/{categoryid}||newcategoryid task/{taskid}|| voip/numbers/{numberId}|| voip/numbers/{numberId}/oper||oper voip/uploads||audioType,fileName {entityType}/customfield/{fieldid}|| {entityType}/tag||tagName {entityType}/tag/unused|| {entityType}/{entityid}/tag||tagName {entityType}/{entityid}/tag/group||tagName' ;;
    'w GET feed') _oocli_text='filter|product,from,to,author,onlyNew,timeReaded| newfeedscount||' ;;
    'w PUT feed') _oocli_text='read||' ;;
    'w GET files') _oocli_text='@common|userIdOrGroupId,filterType,searchInContent,extension,withSubfolders| @favorites|userIdOrGroupId,filterType,searchInContent,extension,withSubfolders| @my|userIdOrGroupId,filterType,searchInContent,extension,withSubfolders| @projects|userIdOrGroupId,filterType,searchInContent,extension,withSubfolders| @recent|userIdOrGroupId,filterType,searchInContent,extension,withSubfolders| @root|userIdOrGroupId,filterType,searchInContent,extension,withSubfolders,withoutTrash,withoutAdditionalFolder,%| @search/{query}|%| @share|userIdOrGroupId,filterType,searchInContent,extension,withSubfolders| @templates|userIdOrGroupId,filterType,searchInContent,extension,withSubfolders| @trash|userIdOrGroupId,filterType,searchInContent,extension,withSubfolders| docservice|version| file/{fileId}|version| file/{fileId}/checkconversion|start,%| file/{fileId}/history|%| file/{fileId}/openedit|version,doc| file/{fileId}/presigneduri|| file/{fileId}/share|%| file/{fileId}/trackeditfile|tabId,docKeyForTrack,doc,isFinish| fileops|%| fileops/move|destFolderId,folderIds,fileIds,%| folder/{folderId}|| folder/{folderId}/path|%| folder/{folderId}/share|%| settings/autocleanup|| thirdparty|%| thirdparty/capabilities|%| thirdparty/common|%| {fileId}/properties|| {fileId}/sharedlink/template|isFolder| {folderId}|userIdOrGroupId,filterType,searchInContent,extension,withSubfolders|' ;;
    'w POST files') _oocli_text='@common/insert||file,title,createNewIfExist[],keepConvertStatus @common/upload||file,contentType,contentDisposition @my/file||title @my/insert||file,title,createNewIfExist[],keepConvertStatus @my/upload||file,contentType,contentDisposition favorites||folderIds[],fileIds[] file/{fileId}/copyas||destFolderId,destTitle,toForm file/{fileId}/startedit||editingAlone,doc folder/{folderId}||title folders/{folderId}||relativePaths[] sharedlink/password||key,passwordHash,isFolder templates||fileIds[] thirdparty||url,login,password,token,isCorporate,customerTitle,providerKey,providerId {fileId}/sharedlink/{linkId}/password||password,passwordHash {folderId}/file||title,templateId,enableExternalExt {folderId}/insert||file,title,createNewIfExist[],keepConvertStatus {folderId}/upload||file,contentType,contentDisposition,createNewIfExist[],storeOriginalFileFlag[],keepConvertStatus {folderId}/upload/create_session||fileName,fileSize,relativePath,encrypted' ;;
    'w PUT files') _oocli_text='batch/properties||filesId[],createSubfolder,fileProperties displayRecent||set docservice||docServiceUrl,docServiceUrlInternal,docServiceUrlPortal file/{fileId}||title,lastVersion file/{fileId}/checkconversion|| file/{fileId}/history||version,continueVersion file/{fileId}/saveediting||fileExtension,downloadUri,stream,doc,forcesave file/{fileId}/share||share[],notify,sharingMessage,advancedSettings fileops/bulkdownload||fileConvertIds[],fileIds[],folderIds[] fileops/copy||destFolderId,folderIds[],fileIds[],conflictResolveType,deleteAfter fileops/delete||folderIds[],fileIds[],deleteAfter,immediately fileops/emptytrash|| fileops/markasread||folderIds[],fileIds[] fileops/move||destFolderId,folderIds[],fileIds[],conflictResolveType,deleteAfter fileops/terminate|| folder/{folderId}||title folder/{folderId}/share||share[],notify,sharingMessage settings/autocleanup||set,gap settings/dafaultaccessrights||value[] settings/downloadtargz||set settings/favorites||set settings/templates||set storeoriginal||set updateifexist||set {fileId}/properties||fileProperties {fileId}/sharedlink||share {fileId}/update||file,fileExtension,encrypted,forcesave' ;;
    'w DELETE files') _oocli_text='favorites||folderIds[],fileIds[] file/{fileId}||deleteAfter,immediately folder/{folderId}||deleteAfter,immediately share||folderIds[],fileIds[] templates||fileIds[] thirdparty/{providerId}||' ;;
    'w GET group') _oocli_text='|%| search|groupName,%| user/{userid}|%| {groupid}||' ;;
    'w POST group') _oocli_text='||groupManager,groupName,members[] {groupid}/members||members[]' ;;
    'w PUT group') _oocli_text='{groupid}||groupManager,groupName,members[] {groupid}/manager||userid {groupid}/members||members[] {groupid}/members/{newgroupid}||' ;;
    'w DELETE group') _oocli_text='{groupid}|| {groupid}/members||members[]' ;;
    'w GET mail') _oocli_text='accounts|username,%| accounts/setups|email,action| accounts/single|email| alert|%| contacts|search,contactType,pageSize,fromIndex,sortorder,%| contacts/bycontactinfo|infoType,data,isPrimary,%| conversation/{id}|loadAll,markRead,needSanitize,%| conversation/{id}/{direction}|folder,unread,attachments,period_from,period_to,important,from_address,to_address,mailbox_id,tags,search,page_size,sortorder,with_calendar,user_folder_id| conversations|folder,unread,attachments,period_from,period_to,important,from_address,to_address,mailbox_id,tags,search,page_size,sortorder,from_date,from_message,with_calendar,user_folder_id,prev_flag,%| conversations/link/crm/status|message_id| crm/linked/entities|message_id,%| display_images/addresses|%| emails/search|term,%| filters|%| filters/{id}/apply|| folders|%| helpcenter|| messages|folder,unread,attachments,period_from,period_to,important,from_address,to_address,mailbox_id,tags,search,page,with_calendar,page_size,user_folder_id,sortorder,%| messages/template|| messages/{id}|loadImages,needSanitize,markRead| messages/{id}/{direction}|folder,unread,attachments,period_from,period_to,important,from_address,to_address,mailbox_id,tags,search,page_size,sortorder,with_calendar,user_folder_id| operations|%| operations/{operationId}|| settings|| settings/alwaysDisplayImages|| settings/cacheMessagesEnabled|| settings/conversationsEnabled|| settings/goNextAfterMoveEnabled|| settings/replaceMessageBody|| signature/{mailbox_id}|| tags|%| userfolders|ids,parentId,%| userfolders/bymail|mailId|' ;;
    'w POST mail') _oocli_text='accounts||name,email,account,password,port,server,smtp_account,smtp_password,smtp_port,smtp_server,smtp_auth,imap,restrict,incoming_encryption_type,outcoming_encryption_type,auth_type_in,auth_type_smtp accounts/oauth||code,type accounts/simple||email,password autoreply/update/{mailboxId}||turnOn,onlyContacts,turnOnToDate,fromDate,toDate,subject,html contact/add||name,description,emails[],phoneNumbers[] display_images/address||address filters||filter filters/check||filter,page[],pageSize[] messages/attachment/add||id_message,name,file,content_type messages/calendarbody/add||id_message,ical_body messages/{id}/document||fileId,version,needSaveToTemp signature/update/{mailbox_id}||html,is_active tags||name,style,addresses[] userfolders||name,parentId' ;;
    'w PUT mail') _oocli_text='accounts||name,email,account,password,port,server,smtp_account,smtp_password,smtp_port,smtp_server,smtp_auth,restrict,incoming_encryption_type,outcoming_encryption_type,auth_type_in,auth_type_smtp accounts/default||email,isDefault accounts/emailinfolder||mailbox_id,email_in_folder accounts/oauth||code,type,mailboxId accounts/state||email,state accounts/updateuseractivity||userOnline contact/update||id,name,description,emails[],phoneNumbers[] contacts/remove||ids[] conversations/crm/link||id_message,crm_contact_ids[] conversations/crm/mark||id_message,crm_contact_ids[] conversations/crm/unmark||id_message,crm_contact_ids[] conversations/mark||ids[],status conversations/move||ids[],folder,userFolderId[] conversations/remove||ids[] conversations/restore||ids[],learnSpamTrainer conversations/tag/{tag_id}/set||messages[] conversations/tag/{tag_id}/unset||messages[] drafts/save||id,from,to[],cc[],bcc[],mimeReplyToId,importance,subject,tags[],body,attachments[],calendarIcs filters||filter messages/attachment/downloadall/{messageId}|| messages/attachment/export||id_attachment,id_folder messages/attachments/export||id_message,id_folder messages/crm/export||id_message,crm_contact_ids[] messages/mark||ids[],status messages/move||ids[],folder,userFolderId[] messages/reassign||folder,email messages/remove||ids[] messages/restore||ids[] messages/send||id,from,to[],cc[],bcc[],mimeReplyToId,importance,subject,tags[],body,attachments[],fileLinksShareMode,calendarIcs,isAutoreply,requestReceipt,requestRead messages/simpleSend||from,to[],subject,body,isReceipt settings/alwaysDisplayImages||enabled settings/cacheMessagesEnabled||enabled settings/conversationsEnabled||enabled settings/goNextAfterMoveEnabled||enabled settings/replaceMessageBody||enabled tags/{id}||name,style,addresses[] tags/{id}/set||messages[] tags/{id}/unset||messages[] templates/save||id,from,to[],cc[],bcc[],mimeReplyToId,importance,subject,tags[],body,attachments[],calendarIcs userfolders/{id}||name,parentId[]' ;;
    'w DELETE mail') _oocli_text='accounts||email alert/{id}|| display_images/address||address filters/{id}|| folders/{folderid}/messages|| messages/{messageid}/attachments/{attachmentid}|| tags/{id}|| userfolders/{id}||' ;;
    'w POST mailserver') _oocli_text='domains/add||name,id_dns groupaddress/add||name,domain_id,address_ids[] mailboxes/add||name,local_part,domain_id,user_id,notifyCurrent,notifyProfile mailboxes/addmy||name notification/address/add||name,password,domain_id' ;;
    'w GET mailserver') _oocli_text='domains/common|| domains/dns/get|id| domains/exists|name| domains/get|%| domains/ownership/check|name| freedns/get|| groupaddress/get|%| mailboxes/alias/exists|local_part,domain_id| mailboxes/alias/valid|local_part,domain_id| mailboxes/get|%| server|| serverinfo/get||' ;;
    'w DELETE mailserver') _oocli_text='domains/remove/{id}|| groupaddress/addresses/remove||mailgroup_id,address_id groupaddress/remove/{id}|| mailboxes/remove/{id}|| notification/address/remove||address' ;;
    'w PUT mailserver') _oocli_text='groupaddress/address/add||mailgroup_id,address_id mailboxes/alias/add||mailbox_id,alias_name mailboxes/alias/remove||mailbox_id,address_id mailboxes/changepwd||mailbox_id,password mailboxes/update||mailbox_id,name' ;;
    'w POST migration') _oocli_text='cancel|| finish||isSendWelcomeEmail init/{migratorName}||path migrate||info migratorsInfo||migratorsName[]' ;;
    'w GET migration') _oocli_text='list|%| logs|| status|| tmp||' ;;
    'w GET people') _oocli_text='|%| @search/{query}|%| @self|| email|email| filter|employeeStatus,groupId,activationStatus,employeeType,isAdministrator,%| import/status|| reassign/progress|userId| remove/progress|userId| search|query,%| simple/filter|employeeStatus,groupId,activationStatus,employeeType,isAdministrator,%| status/{status}|%| status/{status}/search|query,%| {userid}/photo|| {username}||' ;;
    'w POST people') _oocli_text='||isVisitor,email,firstname,lastname,department[],title,location,sex,birthday,worksfrom,comment,contacts[],files,password,passwordHash,lead[] birthdays/reminder||userid,onRemind import/save||userList,importUsersAsCollaborators reassign/start||fromUserId,toUserId,deleteProfile remove/start||userId {userid}/contacts||contacts[] {userid}/photo/thumbnails||tmpFile,x,y,width,height' ;;
    'w PUT people') _oocli_text='delete||userIds[] invite||userIds[] reassign/terminate||userId remove/terminate||userId self/delete|| status/{status}||userIds[] type/{type}||userIds[] {userid}||isVisitor,firstname,lastname,comment,department[],title,location,sex,birthday,worksfrom,contacts[],files,disable[],lead[] {userid}/contacts||contacts[] {userid}/email||email {userid}/password||password {userid}/photo||files' ;;
    'w DELETE people') _oocli_text='{userid}|| {userid}/contacts||contacts[] {userid}/photo||' ;;
    'w GET portal') _oocli_text='|| getbackuphistory|%| getbackupprogress|| getbackupschedule|| getrestoreprogress|| quota|| quota/right|| search|%| search/state|| tariff|| usedspace|| users/invite/{employeeType}|| users/{userID}|| userscount||' ;;
    'w POST portal') _oocli_text='createbackupschedule||storageType,storageParams[],backupsStored,cronParams,backupMail search||items[] search/reindex||name startbackup||storageType,storageParams[],backupMail startrestore||backupId,storageType,storageParams[],notify' ;;
    'w DELETE portal') _oocli_text='deletebackup/{id}|| deletebackuphistory|| deletebackupschedule||' ;;
    'w GET project') _oocli_text='|%| @follow|%| @search/{query}|%| @self|%| comment/{commentid}|| contact/{contactid}|%| filter|tag,status,participant,manager,departament,follow,%| message|%| message/filter|projectid,tag,departament,participant,createdStart,createdStop,lastId,myProjects,follow,status,%| message/{messageid}|| message/{messageid}/comment|%| message/{messageid}/files|%| message/{messageid}/subscribe|| message/{messageid}/subscribes|%| milestone|%| milestone/filter|projectid,tag,status,deadlineStart,deadlineStop,taskResponsible,lastId,myProjects,milestoneResponsible,%| milestone/late|%| milestone/upcoming|%| milestone/{id}|| milestone/{id}/task|%| milestone/{year}/{month}|%| milestone/{year}/{month}/{day}|%| report/files|%| report/status|| report/terminate|| report/{reportid}|| settings|| status|%| tag|%| tag/search|tagName,%| tag/{tag}|%| task/@self|%| task/@self/{status}|%| task/filter|projectid,myProjects,milestone,myMilestones,nomilestone,tag,status,substatus,follow,departament,participant,creator,deadlineStart,deadlineStop,lastId,%| task/{taskid}|| task/{taskid}/comment|%| task/{taskid}/files|%| task/{taskid}/notify|| task/{taskid}/subscribe|| task/{taskid}/time|%| template|%| template/{id}|| time/filter|projectid,myProjects,milestone,myMilestones,tag,departament,participant,createdStart,createdStop,lastId,status,%| time/filter/total|projectid,myProjects,milestone,myMilestones,tag,departament,participant,createdStart,createdStop,lastId,status| {entityID}/entityfiles|entityType,%| {id}|| {id}/@search/{query}|%| {id}/files|| {id}/milestone|%| {id}/milestone/{status}|%| {id}/time|%| {id}/time/total|| {projectid}/message|%| {projectid}/task|%| {projectid}/task/@self/{status}|%| {projectid}/task/{status}|%| {projectid}/team|%| {projectid}/teamExcluded|%| {status}|%|' ;;
    'w POST project') _oocli_text='||title,description,responsibleId,tags,private,participants[],notify[],tasks[],milestones[],notifyResponsibles[] comment||parentcommentid,entityid,content,type comment/preview||htmltext,commentid message/discussion/preview||htmltext message/{messageid}/comment||content,parentId message/{messageid}/files||files[] report||name,period,periodItem,hour,autoGenerated,reportType,tag,project,status[],departament,userId,reportTimeInterval,fromDate,toDate,viewType,noResponsible,isShowAverageTime,typeOfShowAverageTime,projectAverageCompletingTasks report/create||uri status||status tag||data task/{copyFrom}/copy||projectid,description,deadline,priority,title,milestoneid,responsibles[],notify,startDate,copySubtasks,copyFiles,removeOld task/{parentTaskId}/link||dependenceTaskId,linkType task/{taskid}||responsible,title task/{taskid}/comment||content,parentid task/{taskid}/files||files[] task/{taskid}/time||note,date,personId,hours,projectId task/{taskid}/{subtaskid}/copy|| team||ids[] template||title,description withSecurity||title,description,responsibleId,tags,private,participants[],notify[],tasks[],milestones[],notifyResponsibles[] {id}/milestone||title,deadline,isKey,isNotify,description,responsible,notifyResponsible {projectid}/contact||contactid {projectid}/message||title,content,participants,notify[] {projectid}/task||description,deadline,priority,title,milestoneid,responsibles[],notify,startDate {projectid}/task/{messageid}|| {projectid}/team||userId' ;;
    'w DELETE project') _oocli_text='||projectids[] comment/{commentid}|| message/{messageid}|| message/{messageid}/files||fileid milestone||ids[] milestone/{id}|| report/files/{fileid}|| report/{reportid}|| status/{id}|| task||taskids[] task/{taskid}|| task/{taskid}/files||fileid task/{taskid}/link||dependenceTaskId,parentTaskId task/{taskid}/{subtaskid}|| template/{id}|| time/times/remove||timeids[] {id}|| {projectid}/contact||contactid {projectid}/team||userId' ;;
    'w PUT project') _oocli_text='comment/{commentid}||content message/{messageid}||projectid,title,content,participants,notify[] message/{messageid}/status||status message/{messageid}/subscribe|| milestone/{id}||title,deadline,isKey[],status,isNotify[],description,projectID,responsible,notifyResponsible milestone/{id}/status||status report/{reportid}||name,period,periodItem,hour,autoGenerated,reportType,tag,project,status[],departament,userId,reportTimeInterval,fromDate,toDate,viewType,noResponsible settings||everebodyCanCreate[],hideEntitiesInPausedProjects[],startModule[],folderId status||newStatus statuses||statuses[] task/milestone||taskids[],milestoneid task/status||taskids[],status,statusId task/{taskid}||description,deadline,startDate,priority[],title,milestoneid,responsibles[],projectID[],notify,status[],progress[] task/{taskid}/milestone||milestoneid task/{taskid}/status||status,statusId task/{taskid}/subscribe|| task/{taskid}/{subtaskid}||responsible,title task/{taskid}/{subtaskid}/move|| task/{taskid}/{subtaskid}/status||status template/{id}||title,description time/times/status||timeids[],status time/{timeid}||note,date,personId,hours {id}||title,description,responsibleId,tags,participants[],status[],private[],notify {id}/status||status {id}/tag||tags {id}/tags||tags[] {id}/withSecurityInfo||title,description,responsibleId,tags,participants[],status[],private[],notify {projectid}/follow|| {projectid}/team||participants[],notify {projectid}/team/security||userId,security,visible' ;;
    'w GET security') _oocli_text='activeconnections|| audit/events/filter|userId,productType,moduleType,actionType,action,entryType,target,from,to,%| audit/events/last|%| audit/login/filter|userId,action,from,to,%| audit/login/last|%| audit/mappers|productType,moduleType| audit/settings/lifetime|| audit/types|| impersonate/settings|| impersonate/{userId}||' ;;
    'w PUT security') _oocli_text='activeconnections/logout/{loginEventId}|| activeconnections/logoutall/{userId}|| activeconnections/logoutallchangepassword|| activeconnections/logoutallexceptthis|| impersonate/logout|| impersonate/settings||enable,enableType,onlyForOwnGroups,allowedAdmins[],restrictionUsers[],restrictionGroups[] loginsettings||attemptsCount,blockTime,checkPeriod' ;;
    'w POST security') _oocli_text='audit/events/report|| audit/login/report|| audit/settings/lifetime||settings impersonate/{userId}||' ;;
    'w GET settings') _oocli_text='|| checkrecalculatequota|| checkrecalculateuserquota|| customnavigation/get/{id}|| customnavigation/getall|%| customnavigation/getsample|| iprestrictions|%| ldap|| ldap/cron|| ldap/default|| ldap/status|| ldap/sync|| ldap/sync/test|| logo|dark| quota|| recalculatequota|| recalculateuserquota|| security|ids,%| security/administrator|productid,userid| security/administrator/{productid}|%| security/password|| security/{id}|| smtp|| smtp/test|| smtp/test/status|| socket|| ssov2|| ssov2/constants|| ssov2/default|| statistics/spaceusage/{id}|%| statistics/visit|fromDate,toDate,%| storage|%| storage/backup|%| storage/cdn|%| storage/progress|| storage/s3/regions|| telegramisconnected|| tfaapp||' ;;
    'w PUT settings') _oocli_text='closeadminhelper|| emailactivation||show iprestrictions||ips[] iprestrictions/settings||enable security||id,enabled,subjects[] security/access||items[] security/administrator||productid,userid,administrator security/password||maxLength,minLength,upperCase,digits,specSymbols storage||module,props[] storage/cdn||module,props[] tenantquotasettings|| tfaapp||type,trustedIps[],mandatoryUsers[],mandatoryGroups[] tfaappnewapp||id tfaappnewcodes|| tips||show tips/change/subscription|| userquota||userIds[],quota welcome/close||' ;;
    'w POST settings') _oocli_text='customnavigation/create||item ldap||settings,acceptCertificate ldap/cron||cron ldap/save/test||settings,acceptCertificate push/docregisterdevice||firebaseDeviceToken push/projregisterdevice||firebaseDeviceToken smtp||smtpSettings ssov2||serializeSettings userquotasettings||' ;;
    'w DELETE settings') _oocli_text='customnavigation/delete/{id}|| smtp|| ssov2|| storage|| storage/cdn|| telegramdisconnect||' ;;
    'd GET accounts') _oocli_text='file/{id}/search|employeeStatus:0,activationStatus:1,excludeShared,includeShared,invitedByMe,inviterId,area:2,employeeTypes:3,count,startIndex,filterSeparator,filterValue| folder/{id}/search|employeeStatus:0,activationStatus:1,excludeShared,includeShared,invitedByMe,inviterId,area:2,employeeTypes:3,count,startIndex,filterSeparator,filterValue| room/{id}/search|employeeStatus:0,activationStatus:1,excludeShared,includeShared,invitedByMe,inviterId,area:2,employeeTypes:3,count,startIndex,filterSeparator,filterValue|' ;;
    'd GET authentication') _oocli_text='||' ;;
    'd POST authentication') _oocli_text='||userName,password,passwordHash,provider,accessToken,serializedProfile,code,codeOAuth,session,confirmData,recaptchaType:4,recaptchaResponse,culture confirm||key,emplType:3,email,encEmail,uiD,type:5,first,roomId logout|| sendsms||userName,password,passwordHash,provider,accessToken,serializedProfile,code,codeOAuth,session,confirmData,recaptchaType:4,recaptchaResponse,culture setphone||mobilePhone {code}||userName,password,passwordHash,provider,accessToken,serializedProfile,code,codeOAuth,session,confirmData,recaptchaType:4,recaptchaResponse,culture' ;;
    'd POST backup') _oocli_text='createbackupschedule||storageType:6,storageParams[],backupsStored,cronParams,dump startbackup||storageType:6,storageParams[],dump startrestore||backupId,storageType:6,storageParams[],notify,dump' ;;
    'd DELETE backup') _oocli_text='deletebackup/{id}|| deletebackuphistory|Dump| deletebackupschedule|Dump|' ;;
    'd GET backup') _oocli_text='getbackuphistory|Dump| getbackupprogress|Dump| getbackupschedule|Dump| getbackupscount|from,to,paid| getrestoreprogress|Dump| getservicestate||' ;;
    'd GET capabilities') _oocli_text='||' ;;
    'd GET clients') _oocli_text='|limit,last_client_id,last_created_on| consents|limit,last_modified_on| info|limit,last_client_id,last_created_on| {clientId}|| {clientId}/info|| {clientId}/public/info||' ;;
    'd POST clients') _oocli_text='||name,description,logo,scopes[],allow_pkce,is_public,website_url,terms_url,policy_url,redirect_uris[],allowed_origins[],logout_redirect_uri' ;;
    'd PUT clients') _oocli_text='{clientId}||name,description,logo,allow_pkce,is_public,allowed_origins[]' ;;
    'd DELETE clients') _oocli_text='{clientId}|| {clientId}/revoke||' ;;
    'd PATCH clients') _oocli_text='{clientId}/activation||status {clientId}/regenerate||' ;;
    'd GET files') _oocli_text='@favorites|userIdOrGroupId,filterType:7,count,startIndex,sortBy,sortOrder:8,filterValue| @my|userIdOrGroupId,filterType:7,applyFilterOption:9,count,startIndex,sortBy,sortOrder:8,filterValue| @privacy|userIdOrGroupId,filterType:7,count,startIndex,sortBy,sortOrder:8,filterValue| @privacy/available|| @root|userIdOrGroupId,filterType:7,withoutTrash,count,startIndex,sortBy,sortOrder:8,filterValue| @trash|userIdOrGroupId,filterType:7,applyFilterOption:9,count,startIndex,sortBy,sortOrder:8,filterValue| docservice|version| favorites/{fileId}|favorite| file/fillresult|fillingSessionId| file/{fileId}|version| file/{fileId}/checkconversion|start| file/{fileId}/edit/diff|version| file/{fileId}/edit/history|| file/{fileId}/formroles|| file/{fileId}/group/{groupId}/share|count,startIndex,filterValue| file/{fileId}/history|| file/{fileId}/isformpdf|| file/{fileId}/log|fromDate,toDate,count,startIndex| file/{fileId}/openedit|version,view,editorType:11,edit,fill| file/{fileId}/presigned|| file/{fileId}/presigneduri|| file/{fileId}/protectusers|| file/{fileId}/sharedusers|| file/{fileId}/trackeditfile|tabId,docKeyForTrack,isFinish| file/{id}/link|count,startIndex| file/{id}/links|count,startIndex| file/{id}/share|count,startIndex| fileops|id| fileops/checkdestfolder|returnSingleOperation,folderIds,fileIds,destFolderId,conflictResolveType:13,deleteAfter,content,toFillOut| fileops/move|returnSingleOperation,folderIds,fileIds,destFolderId,conflictResolveType:13,deleteAfter,content,toFillOut| fileops/{operationType}|id| filesusedspace|| folder/{folderId}|| folder/{folderId}/group/{groupId}/share|count,startIndex,filterValue| folder/{folderId}/log|fromDate,toDate,count,startIndex| folder/{folderId}/path|| folder/{id}/link|count,startIndex| folder/{id}/links|| folder/{id}/share|count,startIndex| info|| recent|userIdOrGroupId,filterType:7,excludeSubject,applyFilterOption:9,searchArea:14,extension,count,startIndex,sortBy,sortOrder:8,filterValue| rooms|type:15,subjectId,searchArea:14,withoutTags,tags,excludeSubject,provider:16,subjectFilter:17,quotaFilter:18,storageFilter:19,count,startIndex,sortBy,sortOrder:8,filterValue| rooms/covers|| rooms/fromtemplate/status|| rooms/indexexport|| rooms/news|| rooms/{id}|| rooms/{id}/link|| rooms/{id}/links|type:20| rooms/{id}/news|| rooms/{id}/share|filterType:21,count,startIndex,filterValue| roomtemplate/status|| roomtemplate/{id}/public|| settings|| settings/autocleanup|| share/{key}|fileId,folderId| tags|count,startIndex,filterValue| thirdparty|| thirdparty/backup|| thirdparty/capabilities|| thirdparty/common|| thirdparty/providers|excludewebdav| {folderId}|userIdOrGroupId,sharedBy,filterType:7,roomId,excludeSubject,applyFilterOption:9,extension,searchArea:14,formsItemKey,formsItemType,count,startIndex,sortBy,sortOrder:8,filterValue,Location:23| {folderId}/formfilter|| {folderId}/news|| {folderId}/subfolders||' ;;
    'd POST files') _oocli_text='@my/file||title,templateId,enableExternalExt,formId @my/html||title,content,createNewIfExist @my/insert||Title,CreateNewIfExist,KeepConvertStatus,Stream.CanRead,Stream.CanWrite,Stream.CanSeek,Stream.CanTimeout,Stream.Length,Stream.Position,Stream.ReadTimeout,Stream.WriteTimeout @my/text||title,content,createNewIfExist @my/upload||contentType,contentDisposition,createNewIfExist,storeOriginalFileFlag,keepConvertStatus favorites||returnSingleOperation,folderIds[],fileIds[] file/referencedata||fileKey,instanceId,sourceFileId,path,link file/{fileId}/copyas||destTitle,destFolderId,enableExternalExt,password,toForm file/{fileId}/edit_session|fileSize| file/{fileId}/formrolemapping||formId,roles[] file/{fileId}/recent|| file/{fileId}/restoreversion|version,url| file/{fileId}/sendeditornotify||actionLink,emails[],message file/{fileId}/startedit||editingAlone file/{id}/link||linkId,access:12,expirationDate,title,internal,primary,denyDownload,password file/{id}/saveaspdf||folderId,title folder/{folderId}||title folder/{folderId}/log/report|| folder/{id}/link||linkId,access:12,expirationDate,title,password,denyDownload,internal,primary logos||FormCollection[] masterform/{fileId}/checkfillformdraft||version,action owner||folderIds[],fileIds[],userId rooms||title,quota,indexing,denyDownload,lifetime,watermark,logo,tags[],color,cover,roomType:15,private,share[],chatSettings rooms/fromtemplate||templateId,title,logo,copyLogo,tags[],color,cover,quota,indexing,denyDownload,lifetime,watermark,private rooms/thirdparty/{id}||createAsNewFolder,title,roomType:15,private,indexing,denyDownload,color,cover,tags[],logo rooms/{id}/cover||color,cover rooms/{id}/indexexport|| rooms/{id}/logo||tmpFile,x,y,width,height rooms/{id}/resend||usersIds[],resendAll roomtemplate||roomId,title,logo,copyLogo,share[],groups[],public,tags[],color,cover,quota share||returnSingleOperation,folderIds[],fileIds[] share/{key}/password||password tags||name templates||fileIds[] thirdparty||url,login,password,token,customerTitle,providerKey,providerId thirdparty/backup||url,login,password,token,customerTitle,providerKey thumbnails||returnSingleOperation,folderIds[],fileIds[] {folderId}/file||title,templateId,enableExternalExt,formId {folderId}/html||title,content,createNewIfExist {folderId}/insert||InsertFile.Title,InsertFile.CreateNewIfExist,InsertFile.KeepConvertStatus,InsertFile.Stream.CanRead,InsertFile.Stream.CanWrite,InsertFile.Stream.CanSeek,InsertFile.Stream.CanTimeout,InsertFile.Stream.Length,InsertFile.Stream.Position,InsertFile.Stream.ReadTimeout,InsertFile.Stream.WriteTimeout {folderId}/text||title,content,createNewIfExist {folderId}/upload||contentType,contentDisposition,createNewIfExist,storeOriginalFileFlag,keepConvertStatus {folderId}/upload/check||filesTitle[] {folderId}/upload/create_session||fileName,fileSize,relativePath,createOn,encrypted,createNewIfExist' ;;
    'd PUT files') _oocli_text='changedeleteconfrim||set displayfileextension||set displayrecent||set docservice||docServiceUrl,docServiceUrlInternal,docServiceUrlPortal,docServiceSignatureSecret,docServiceSignatureHeader,docServiceSslVerification file/{fileId}||title,lastVersion file/{fileId}/checkconversion||fileId,sync,startConvert,version,password,outputType,createNewIfExist file/{fileId}/comment||version,comment file/{fileId}/customfilter||enabled file/{fileId}/history||version,continueVersion file/{fileId}/lock||lockFile file/{fileId}/manageformfilling||formId,action:10 file/{fileId}/saveediting||FileExtension,DownloadUri,Forcesave file/{fileId}/share||share[],notify,sharingMessage file/{fileId}/startfilling|| file/{id}/links||linkId,access:12,expirationDate,title,internal,primary,denyDownload,password fileops/bulkdownload||returnSingleOperation,folderIds[],fileIds[],fileConvertIds[] fileops/copy||returnSingleOperation,folderIds[],fileIds[],destFolderId,conflictResolveType:13,deleteAfter,content,toFillOut fileops/delete||returnSingleOperation,folderIds[],fileIds[],deleteAfter,immediately fileops/deleteversion||returnSingleOperation,deleteAfter,fileId,versions[] fileops/duplicate||returnSingleOperation,folderIds[],fileIds[] fileops/emptytrash|Single| fileops/markasread||returnSingleOperation,folderIds[],fileIds[] fileops/move||returnSingleOperation,folderIds[],fileIds[],destFolderId,conflictResolveType:13,deleteAfter,content,toFillOut fileops/terminate/{id}|| folder/{folderId}||title folder/{folderId}/order||order folder/{folderId}/share||share[],notify,sharingMessage folder/{id}/links||linkId,access:12,expirationDate,title,password,denyDownload,internal,primary forcesave|| hideconfirmcanceloperation||set hideconfirmconvert||save hideconfirmroomlifetime||set keepnewfilename||set order||items[] rooms/resetquota||roomIds[] rooms/roomquota||roomIds[],quota rooms/{id}||title,quota,indexing,denyDownload,lifetime,watermark,logo,tags[],color,cover,chatSettings rooms/{id}/archive||deleteAfter rooms/{id}/links||linkId,access:12,expirationDate,internal,title,linkType:20,password,denyDownload rooms/{id}/pin|| rooms/{id}/reorder|| rooms/{id}/share||invitations[],notify,message,culture,force rooms/{id}/tags||names[] rooms/{id}/unarchive||deleteAfter rooms/{id}/unpin|| roomtemplate/public||id,public settings/autocleanup||set,gap:22 settings/dafaultaccessrights|| settings/downloadtargz||set settings/external||set settings/externalsocialmedia||set settings/openeditorinsametab||set share||folderIds[],fileIds[],share[],notify,sharingMessage storeforcesave|| storeoriginal||set thirdparty||set updateifexist||set {fileId}/order||order' ;;
    'd DELETE files') _oocli_text='favorites||returnSingleOperation,folderIds[],fileIds[] file/{fileId}||deleteAfter,immediately folder/{folderId}||deleteAfter,immediately recent||returnSingleOperation,folderIds[],fileIds[] rooms/indexexport|| rooms/{id}||deleteAfter rooms/{id}/logo|| rooms/{id}/tags||names[] share||returnSingleOperation,folderIds[],fileIds[] tags||names[] templates|| thirdparty/{providerId}||' ;;
    'd GET group') _oocli_text='|userId,manager,count,startIndex,sortBy,sortOrder:8,filterValue| file/{id}|excludeShared,count,startIndex,filterValue| folder/{id}|excludeShared,count,startIndex,filterValue| room/{id}|excludeShared,count,startIndex,filterValue| user/{userid}|| {id}|includeMembers|' ;;
    'd POST group') _oocli_text='||members[],groupManager,groupName {id}/members||members[]' ;;
    'd PUT group') _oocli_text='{fromId}/members/{toId}|| {id}||membersToAdd[],membersToRemove[],groupManager,groupName {id}/manager||userId {id}/members||members[]' ;;
    'd DELETE group') _oocli_text='{id}|| {id}/members||members[]' ;;
    'd GET keys') _oocli_text='|| @self|| permissions||' ;;
    'd POST keys') _oocli_text='||name,permissions[],expiresInDays' ;;
    'd PUT keys') _oocli_text='{keyId}||name,permissions[],isActive' ;;
    'd DELETE keys') _oocli_text='{keyId}||' ;;
    'd POST migration') _oocli_text='cancel|| clear|| finish||isSendWelcomeEmail init/{migratorName}|| migrate||migratorName,operation,failedArchives[],users[],withoutEmailUsers[],existUsers[],groups[],importPersonalFiles,importSharedFiles,importSharedFolders,importCommonFiles,importProjectFiles,importGroups,successedUsers,failedUsers,files[],errors[]' ;;
    'd GET migration') _oocli_text='list|| logs|| status||' ;;
    'd GET people') _oocli_text='|count,startIndex,filterBy,sortBy,sortOrder:8,filterSeparator,filterValue| @search/{query}|filterBy,filterValue| @self|| delete/personal/progress|| email|email,encemail,culture| file/{id}|employeeStatus:0,activationStatus:1,excludeShared,includeShared,invitedByMe,inviterId,area:2,employeeTypes:3,count,startIndex,filterSeparator,filterValue| filter|employeeStatus:0,groupId,activationStatus:1,employeeType:3,employeeTypes:3,isAdministrator,payments:25,accountLoginType:26,quotaFilter:18,withoutGroup,excludeGroup,invitedByMe,inviterId,area:2,count,startIndex,sortBy,sortOrder:8,filterSeparator,filterValue| folder/{id}|employeeStatus:0,activationStatus:1,excludeShared,includeShared,invitedByMe,inviterId,area:2,employeeTypes:3,count,startIndex,filterSeparator,filterValue| guests/{userid}/share|| reassign/necessary|UserId,Type:3| reassign/progress/{userid}|| remove/progress/{userid}|| room/{id}|employeeStatus:0,activationStatus:1,excludeShared,includeShared,invitedByMe,inviterId,area:2,employeeTypes:3,count,startIndex,filterSeparator,filterValue| search|query| simple/filter|employeeStatus:0,groupId,activationStatus:1,employeeType:3,employeeTypes:3,isAdministrator,payments:25,accountLoginType:26,quotaFilter:18,withoutGroup,excludeGroup,invitedByMe,inviterId,area:2,count,startIndex,sortBy,sortOrder:8,filterSeparator,filterValue| status/{status}|filterBy,count,startIndex,sortBy,sortOrder:8,filterSeparator,filterValue| status/{status}/search|query,filterBy,filterValue| theme|| thirdparty/providers|inviteView,settingsView,clientCallback,fromOnly| tokendiagnostics|| type/progress/{userid}|| {userid}|| {userid}/photo||' ;;
    'd POST people') _oocli_text='||password,passwordHash,email,type:3,isUser,firstName,lastName,department[],title,location,sex:24,birthday,worksfrom,comment,contacts[],files,fromInviteLink,key,cultureName,target,spam delete/personal/start|| email||userId,disable,email,isUser,firstName,lastName,department[],title,location,sex:24,birthday,worksfrom,comment,contacts[],files,spam guests/share/approve||email,recaptchaType:4,recaptchaResponse invite||invitations[],culture password||email,recaptchaType:4,recaptchaResponse reassign/start||fromUserId,toUserId,deleteProfile remove/start||userId thirdparty/signup||employeeType:3,firstName,lastName,email,passwordHash,key,culture,serializedProfile type||type:3,userId,reassignUserId {userid}/photo||formCollection[] {userid}/photo/thumbnails||tmpFile,x,y,width,height' ;;
    'd DELETE people') _oocli_text='@self|| guests||userIds[],resendAll thirdparty/unlinkaccount|provider| {userid}|| {userid}/photo||' ;;
    'd PUT people') _oocli_text='activationstatus/{activationstatus}||userIds[],resendAll delete||userIds[],resendAll invite||userIds[],resendAll reassign/terminate||userId remove/terminate||userId resetquota||userIds[],quota self/delete|| status/{status}||userIds[],resendAll theme||theme:27 thirdparty/linkaccount||serializedProfile type/terminate||userId type/{type}||userIds[],resendAll userquota||userIds[],quota {userid}||userId,disable,email,isUser,firstName,lastName,department[],title,location,sex:24,birthday,worksfrom,comment,contacts[],files,spam {userid}/culture||cultureName {userid}/password||password,passwordHash,email,encEmail {userid}/photo||files' ;;
    'd GET portal') _oocli_text='|| path|virtualPath| payment/account|backUrl| payment/chechoutsetupurl|BackUrl| payment/currencies|| payment/customer/balance|refresh| payment/customer/operations|startDate,endDate,participantName,credit,debit,offset,limit| payment/customer/operationsreport|| payment/customerinfo|refresh| payment/prices|| payment/quota|refresh| payment/quotas|wallet| payment/servicessettings|| payment/topupsettings|| payment/walletservice|service:29| payment/walletservices|| quota|| quota/right|| tariff|refresh| usedspace|| users/invite/{employeeType}|| users/{userID}|| userscount||' ;;
    'd PUT portal') _oocli_text='continue|| payment/calculatewallet||quantity,productQuantityType:28 payment/update||quantity payment/updatewallet||quantity,productQuantityType:28 payment/url||backUrl,quantity suspend||' ;;
    'd POST portal') _oocli_text='delete|| payment/customer/operationsreport||startDate,endDate,participantName,credit,debit payment/deposit||amount,currency payment/request||userName,email,message payment/servicestate||service:29,enabled payment/topupsettings||settings present/mark|| sendcongratulations|Userid,Key| suspend||' ;;
    'd DELETE portal') _oocli_text='delete|| payment/customer/operationsreport||' ;;
    'd GET scopes') _oocli_text='||' ;;
    'd GET security') _oocli_text='activeconnections|| audit/events/filter|userId,moduleType:30,actionType:31,action:32,entryType:33,target,from,to,count,startIndex| audit/events/last|| audit/login/filter|userId,action:32,from,to,count,startIndex| audit/login/last|| audit/mappers|productType:34,moduleType:30| audit/settings/lifetime|| audit/types|| csp|| oauth2/token||' ;;
    'd PUT security') _oocli_text='activeconnections/logout/{loginEventId}|| activeconnections/logoutall/{userId}|| activeconnections/logoutallchangepassword|| activeconnections/logoutallexceptthis||' ;;
    'd POST security') _oocli_text='audit/events/report|| audit/login/report|| audit/settings/lifetime||settings csp||domains[]' ;;
    'd GET settings') _oocli_text='|withpassword| authservice|| banner|| colortheme|| companywhitelabel|| cookiesettings|| cultures|| deeplink|| devtoolsaccess|| enablewhitelabel|| encryption/progress|| encryption/settings|| greetingsettings|| greetingsettings/isdefault|| invitationsettings|| iprestrictions|| iprestrictions/settings|| license/refresh|| license/required|| logo|| machine|| notification/channels|| notification/rooms|| notification/{type}|| payment|| rebranding/additional|| rebranding/company|| security|ids| security/administrator|productid,userid| security/administrator/{productid}|| security/loginsettings|| security/modules|| security/password|| security/{id}|| socket|| ssov2|| ssov2/constants|| ssov2/default|| statistics/spaceusage/{id}|| storage|| storage/backup|Dump| storage/cdn|| storage/progress|| storage/s3/regions|| telegram/check|| telegram/link|| tfaapp|| tfaapp/confirm|| tfaapp/setup|| tfaappcodes|| timezones|| userquotasettings|| webhook|| webhook/triggers|| webhooks/log|deliveryFrom,deliveryTo,hookUri,configId,eventId,groupStatus:39,userId,trigger:38,count,startIndex| webplugins|enabled| webplugins/{name}|| whitelabel/logos|IsDark,IsDefault| whitelabel/logos/isdefault|IsDark,IsDefault| whitelabel/logotext|IsDark,IsDefault| whitelabel/logotext/isdefault|IsDark,IsDefault|' ;;
    'd POST settings') _oocli_text='aiagentquotasettings||enableQuota,defaultQuota authservice||name,title,description,instruction,canSet,paid,props[] banner||hidden deeplink||deepLinkSettings devtoolsaccess||limitedAccessForUsers encryption/start||notifyUsers greetingsettings||title greetingsettings/restore|| license|| license/accept|| maildomainsettings||type:35,domains[],inviteUsersAsVisitors messagesettings||turnOn notification||type:36,isEnabled notification/rooms||roomsId,mute owner||ownerId push/docregisterdevice||firebaseDeviceToken,isSubscribed rebranding/additional||settings rebranding/company||settings roomquotasettings||enableQuota,defaultQuota sendadmmail||message,email,culture,recaptchaType:4,recaptchaResponse sendjoininvite||email,culture ssov2||serializeSettings tfaapp/validate||code webhook||name,uri,secretKey,enabled,ssl,triggers:38,targetId webplugins|system| whitelabel/logos/save|IsDark,IsDefault|logoText,logo[] whitelabel/logos/savefromfiles|IsDark,IsDefault| whitelabel/logotext/save|IsDark,IsDefault|logoText,logo[]' ;;
    'd PUT settings') _oocli_text='closeadminhelper|| colortheme||theme,selected cookiesettings||lifeTime,enabled dns||dnsName,enable emailactivation||show,lastModified invitationsettings||allowInvitingMembers,allowInvitingGuests iprestrictions||ipRestrictions[],enable iprestrictions/settings||ipRestrictions[],enable owner||ownerId push/docsubscribe||firebaseDeviceToken,isSubscribed security||id,enabled,subjects[] security/access||items[] security/administrator||productId,userId,administrator security/loginsettings||attemptCount,blockTime,checkPeriod security/password||minLength,upperCase,digits,specSymbols storage||module,props[] storage/cdn||module,props[] tenantquotasettings||tenantId,quota tfaapp||type:37,id,trustedIps[],mandatoryUsers[],mandatoryGroups[] tfaappnewapp||type:37,id,trustedIps[],mandatoryUsers[],mandatoryGroups[] tfaappnewcodes|| tfaappwithlink||type:37,id,trustedIps[],mandatoryUsers[],mandatoryGroups[] webhook||name,uri,secretKey,enabled,ssl,triggers:38,targetId,id webhook/enable||name,uri,secretKey,enabled,ssl,triggers:38,targetId,id webhook/retry||ids[] webhook/{id}/retry|| webplugins/{name}||enabled,settings whitelabel/logos/restore|IsDark,IsDefault| whitelabel/logotext/restore|IsDark,IsDefault| wizard/complete||email,passwordHash,lng,timeZone,amiId,subscribeFromSite' ;;
    'd DELETE settings') _oocli_text='colortheme|id| rebranding/additional|| rebranding/company|| security/loginsettings|| ssov2|| storage|| storage/cdn|| telegram/link|| webhook/{id}|| webplugins/{name}||' ;;
    'd GET smtpsettings') _oocli_text='smtp|| smtp/test|| smtp/test/status||' ;;
    'd POST smtpsettings') _oocli_text='smtp||host,port,senderAddress,senderDisplayName,credentialsUserName,credentialsUserPassword,enableSSL,enableAuth,useNtlm,isDefaultSettings' ;;
    'd DELETE smtpsettings') _oocli_text='smtp||' ;;
    'd GET thirdparty') _oocli_text='{provider}||' ;;
    esac
}

# Set `_oocli_text` to the choices with the number $1.
_oocli_choices() {
    _oocli_text=
    case "$1" in
    '0') _oocli_text='Active Terminated Pending Default All' ;;
    '1') _oocli_text='NotActivated Activated Pending AutoGenerated' ;;
    '2') _oocli_text='All People Guests' ;;
    '3') _oocli_text='All RoomAdmin Guest DocSpaceAdmin User' ;;
    '4') _oocli_text='Default AndroidV2 iOSV2 hCaptcha' ;;
    '5') _oocli_text='EmpInvite LinkInvite PortalSuspend PortalContinue PortalRemove DnsChange PortalOwnerChange Activation EmailChange EmailActivation PasswordChange ProfileRemove PhoneActivation PhoneAuth Auth TfaActivation TfaAuth Wizard GuestShareLink' ;;
    '6') _oocli_text='Documents ThridpartyDocuments CustomCloud Local DataStore ThirdPartyConsumer' ;;
    '7') _oocli_text='None FilesOnly FoldersOnly DocumentsOnly PresentationsOnly SpreadsheetsOnly ImagesOnly ByUser ByDepartment ArchiveOnly ByExtension MediaOnly FillingFormsRooms EditingRooms CustomRooms PublicRooms Pdf PdfForm VirtualDataRooms DiagramsOnly AiRooms' ;;
    '8') _oocli_text='Ascending Descending' ;;
    '9') _oocli_text='All Files Folders' ;;
    '10') _oocli_text='Stop Resume' ;;
    '11') _oocli_text='Desktop Mobile Embedded' ;;
    '12') _oocli_text='None ReadWrite Read Restrict Varies Review Comment FillForms CustomFilter RoomManager Editing ContentCreator' ;;
    '13') _oocli_text='Skip Overwrite Duplicate' ;;
    '14') _oocli_text='Active Archive Any RecentByLinks Templates Knowledge ResultStorage AiAgents' ;;
    '15') _oocli_text='FillingFormsRoom EditingRoom CustomRoom PublicRoom VirtualDataRoom AiRoom' ;;
    '16') _oocli_text='None Box DropBox GoogleDrive kDrive OneDrive SharePoint WebDav Yandex Storage' ;;
    '17') _oocli_text='Owner Member' ;;
    '18') _oocli_text='All Default Custom' ;;
    '19') _oocli_text='None Internal ThirdParty' ;;
    '20') _oocli_text='Invitation External' ;;
    '21') _oocli_text='UserOrGroup InvitationLink ExternalLink AdditionalExternalLink PrimaryExternalLink User Group' ;;
    '22') _oocli_text='OneWeek TwoWeeks OneMonth ThirtyDays TwoMonths ThreeMonths' ;;
    '23') _oocli_text='1 2 3' ;;
    '24') _oocli_text='Female Male' ;;
    '25') _oocli_text='Paid Free' ;;
    '26') _oocli_text='SSO LDAP Standart' ;;
    '27') _oocli_text='Base Dark System' ;;
    '28') _oocli_text='Set Add Sub Renew' ;;
    '29') _oocli_text='WebSearch AITools Backup Storage' ;;
    '30') _oocli_text='None Files Folders DocumentsSettings Rooms Settings Contacts Agents' ;;
    '31') _oocli_text='None Create Update Delete Link Unlink Attach Detach Send Import Export UpdateAccess Download Upload Copy Move Reassigns Follow Unfollow Logout' ;;
    '32') _oocli_text='LoginSuccess LoginSuccessViaSocialAccount LoginFailInvalidCombination LoginFailSocialAccountNotFound LoginFailDisabledProfile LoginFail Logout LoginSuccessViaSms LoginFailViaSms LoginFailIpSecurity LoginSuccessViaApi LoginSuccessViaSocialApp LoginSuccessViaApiSms LoginFailViaApi LoginFailViaApiSms LoginSuccessViaSSO SessionStarted SessionCompleted LoginFailViaSSO LoginSuccessViaApiSocialAccount LoginFailViaApiSocialAccount LoginSuccesViaTfaApp LoginFailViaTfaApp LoginFailBruteForce LoginSuccessViaApiTfa LoginFailViaApiTfa LoginFailRecaptcha AuthLinkActivated LoginSuccessViaOAuth LoginSuccessViaPassword UserCreated GuestCreated UserCreatedViaInvite GuestCreatedViaInvite UserActivated GuestActivated UserUpdated UserUpdatedLanguage UserAddedAvatar UserDeletedAvatar UserUpdatedAvatarThumbnails UserLinkedSocialAccount UserUnlinkedSocialAccount UserSentActivationInstructions UserSentEmailChangeInstructions UserSentPasswordChangeInstructions UserSentDeleteInstructions UserUpdatedPassword UserDeleted UsersUpdatedType UsersUpdatedStatus UsersSentActivationInstructions UsersDeleted SentInviteInstructions UserImported GuestImported GroupCreated GroupUpdated GroupDeleted UserUpdatedMobileNumber UserDataReassigns UserDataRemoving UserConnectedTfaApp UserDisconnectedTfaApp UserLogoutActiveConnections UserLogoutActiveConnection UserLogoutActiveConnectionsForUser SendJoinInvite FileCreated FileRenamed FileUpdated FileCreatedVersion FileDeletedVersion FileUpdatedRevisionComment FileLocked FileUnlocked FileUpdatedAccess FileDownloaded FileDownloadedAs FileUploaded FileImported FileCopied FileCopiedWithOverwriting FileMoved FileMovedWithOverwriting FileMovedToTrash FileDeleted FolderCreated FolderRenamed FolderUpdatedAccess FolderCopied FolderCopiedWithOverwriting FolderMoved FolderMovedWithOverwriting FolderMovedToTrash FolderDeleted ThirdPartyCreated ThirdPartyUpdated ThirdPartyDeleted DocumentsThirdPartySettingsUpdated DocumentsOverwritingSettingsUpdated DocumentsUploadingFormatsSettingsUpdated UserFileUpdated FileConverted FileSendAccessLink DocumentServiceLocationSetting AuthorizationKeysSetting FullTextSearchSetting StartTransferSetting BackupStarted LicenseKeyUploaded FileChangeOwner FileRestoreVersion DocumentSendToSign DocumentSignComplete UserUpdatedEmail DocumentsStoreForcesave DocumentsForcesave StartStorageEncryption PrivacyRoomEnable PrivacyRoomDisable StartStorageDecryption FileOpenedForChange FileMarkedAsFavorite FileRemovedFromFavorite FolderDownloaded FileRemovedFromList FolderRemovedFromList FileExternalLinkAccessUpdated TrashEmptied FileRevisionDownloaded FileMarkedAsRead FileReaded FolderMarkedAsRead FolderUpdatedAccessFor FileUpdatedAccessFor DocumentsExternalShareSettingsUpdated RoomCreated RoomRenamed RoomArchived RoomUnarchived RoomDeleted RoomUpdateAccessForUser TagCreated TagsDeleted AddedRoomTags DeletedRoomTags RoomLogoCreated RoomLogoDeleted RoomInvitationLinkUpdated DocumentsKeepNewFileNameSettingsUpdated RoomRemoveUser RoomCreateUser RoomInvitationLinkCreated RoomInvitationLinkDeleted RoomExternalLinkCreated RoomExternalLinkUpdated RoomExternalLinkDeleted FileExternalLinkCreated FileExternalLinkUpdated FileExternalLinkDeleted RoomGroupAdded RoomUpdateAccessForGroup RoomGroupRemove RoomExternalLinkRevoked RoomExternalLinkRenamed FileUploadedWithOverwriting RoomCopied DocumentsDisplayFileExtensionUpdated RoomColorChanged RoomCoverChanged RoomIndexingChanged RoomDenyDownloadChanged RoomIndexExportSaved FolderIndexChanged FolderIndexReordered RoomDenyDownloadEnabled RoomDenyDownloadDisabled FileIndexChanged RoomWatermarkSet RoomWatermarkDisabled RoomIndexingEnabled RoomIndexingDisabled RoomLifeTimeSet RoomLifeTimeDisabled RoomInviteResend FileVersionRemoved FileCustomFilterEnabled FileCustomFilterDisabled FolderExternalLinkCreated FolderExternalLinkUpdated FolderExternalLinkDeleted BackupCompleted BackupFailed ScheduledBackupStarted ScheduledBackupCompleted ScheduledBackupFailed FormStartedToFill FormPartiallyFilled FormCompletelyFilled FormStopped AgentCreated AgentRenamed AgentDeleted AddedServerToAgent DeletedServerFromAgent LdapEnabled LdapDisabled LdapSync LanguageSettingsUpdated TimeZoneSettingsUpdated DnsSettingsUpdated TrustedMailDomainSettingsUpdated PasswordStrengthSettingsUpdated TwoFactorAuthenticationSettingsUpdated AdministratorMessageSettingsUpdated DefaultStartPageSettingsUpdated ProductsListUpdated AdministratorAdded AdministratorOpenedFullAccess AdministratorDeleted UsersOpenedProductAccess GroupsOpenedProductAccess ProductAccessOpened ProductAccessRestricted ProductAddedAdministrator ProductDeletedAdministrator GreetingSettingsUpdated TeamTemplateChanged ColorThemeChanged OwnerSentChangeOwnerInstructions OwnerUpdated OwnerSentPortalDeactivationInstructions OwnerSentPortalDeleteInstructions PortalDeactivated PortalDeleted LoginHistoryReportDownloaded AuditTrailReportDownloaded SSOEnabled SSODisabled PortalAccessSettingsUpdated CookieSettingsUpdated MailServiceSettingsUpdated CustomNavigationSettingsUpdated AuditSettingsUpdated TwoFactorAuthenticationDisabled TwoFactorAuthenticationEnabledBySms TwoFactorAuthenticationEnabledByTfaApp PortalRenamed QuotaPerRoomChanged QuotaPerRoomDisabled QuotaPerUserChanged QuotaPerUserDisabled QuotaPerPortalChanged QuotaPerPortalDisabled FormSubmit FormOpenedForFilling CustomQuotaPerRoomDefault CustomQuotaPerRoomChanged CustomQuotaPerRoomDisabled CustomQuotaPerUserDefault CustomQuotaPerUserChanged CustomQuotaPerUserDisabled DevToolsAccessSettingsChanged WebhookCreated WebhookUpdated WebhookDeleted ApiKeyCreated ApiKeyUpdated ApiKeyDeleted CustomerWalletToppedUp CustomerOperationPerformed CustomerOperationsReportDownloaded CustomerWalletTopUpSettingsUpdated CustomerSubscriptionUpdated BannerSettingsChanged CustomerWalletServicesSettingsUpdated QuotaPerAiAgentChanged QuotaPerAiAgentDisabled CustomQuotaPerAiAgentDefault CustomQuotaPerAiAgentChanged CustomQuotaPerAiAgentDisabled AIProviderCreated AIProviderUpdated AIProviderDeleted ServerCreated ServerUpdated ServerEnabled ServerDisabled ServerDeleted SetWebSearchSettings ResetWebSearchSettings SetVectorizationSettings ResetVectorizationSettings WebpluginUploaded WebpluginUpdated WebpluginDeleted ContactAdminMailSent RoomInviteLinkUsed UserCreatedAndAddedToRoom GuestCreatedAndAddedToRoom ContactSalesMailSent CreateClient UpdateClient RegenerateSecret DeleteClient ChangeClientActivation ChangeClientVisibility RevokeUserClient GenerateAuthorizationCodeToken GeneratePersonalAccessToken None' ;;
    '33') _oocli_text='None File Folder User Group Room Tag Agent' ;;
    '34') _oocli_text='Documents Login Settings Contacts' ;;
    '35') _oocli_text='None Custom All' ;;
    '36') _oocli_text='Badges RoomsActivity DailyFeed UsefullTips' ;;
    '37') _oocli_text='None Sms App' ;;
    '38') _oocli_text='All UserCreated UserInvited UserUpdated UserDeleted GroupCreated GroupUpdated GroupDeleted FileCreated FileUploaded FileUpdated FileTrashed FileDeleted FileRestored FileCopied FileMoved FolderCreated FolderUpdated FolderTrashed FolderDeleted FolderRestored FolderCopied FolderMoved RoomCreated RoomUpdated RoomArchived RoomDeleted RoomRestored RoomCopied' ;;
    '39') _oocli_text='None NotSent Status2xx Status3xx Status4xx Status5xx' ;;
    esac
}

# Set `kinds` to the kind of the portal $1 (default: the default portal), or to both kinds if
# portals.json does not contain it. The file is read as text: oocli always indents it like this.
_oocli_kinds() {
    local file line key="$1" inside='' default=''
    kinds='w d'
    file=${OOCLI_CONFIG_DIR:-}
    if [[ -z $file ]]; then
        file=${XDG_CONFIG_HOME:-$HOME/.config}/oocli
        [[ $OSTYPE == darwin* && -z ${XDG_CONFIG_HOME:-} ]] &&
            file="$HOME/Library/Application Support/oocli"
    fi
    [[ -r $file/portals.json ]] || return 0
    if [[ -z $key ]]; then
        while IFS= read -r line; do
            case "$line" in
                '  "default": "'*) default=${line#*: \"} key=${default%%\"*} ;;
            esac
        done < "$file/portals.json"
    fi
    key=${key#http://} key=${key#https://} key=${key%/}
    while IFS= read -r line; do
        case "$line" in
            "    \"$key\": {"*) inside=1 ;;
            '    }'*) inside='' ;;
            '      "kind": "docspace"'*) [[ -n $inside ]] && kinds=d ;;
            '      "kind": "workspace"'*) [[ -n $inside ]] && kinds=w ;;
        esac
    done < "$file/portals.json"
    return 0
}

# Set `entries` to what follows the start of a path: METHOD, then PATH without its last word. An
# exact word has precedence over a placeholder, which stands for any value.
_oocli_walk() {
    local kind entry word rest="$2" literal other first
    entries=()
    first=${rest%%/*} rest=${rest#"$first"} rest=${rest#/}
    for kind in $kinds; do
        _oocli_operations "$kind $1 $first"
        for entry in $_oocli_text; do entries+=("$entry"); done
    done
    while [[ -n $rest ]]; do
        word=${rest%%/*} rest=${rest#"$word"} rest=${rest#/}
        literal=() other=()
        for entry in ${entries[@]+"${entries[@]}"}; do
            case "$entry" in
                "$word"/*) literal+=("${entry#*/}") ;;
                "$word|"*) literal+=("${entry#"$word"}") ;;
                '{'*) entry=${entry#*\}} other+=("${entry#/}") ;;
            esac
        done
        ((${#literal[@]})) || literal=(${other[@]+"${other[@]}"})
        entries=(${literal[@]+"${literal[@]}"})
    done
}

# Set `offers` to the next words of a path: METHOD, the typed text, and 1 to offer placeholders too.
_oocli_paths() {
    local method="$1" typed="$2" lead='' kind entry word seen=' ' entries=() before last
    offers=()
    case "$typed" in
        /api/2.0/*) lead=/api/2.0/ ;;
        api/2.0/*) lead=api/2.0/ ;;
        /*) lead=/ ;;
    esac
    typed=${typed#"$lead"} last=${typed##*/}
    before=${typed%"$last"}
    if [[ -z $before ]]; then
        for kind in $kinds; do
            _oocli_operations "$kind $method"
            for entry in $_oocli_text; do entries+=("$entry|"); done
        done
    else
        _oocli_walk "$method" "${before%/}"
    fi
    for entry in ${entries[@]+"${entries[@]}"}; do
        entry=${entry%%|*} word=${entry%%/*}
        [[ $entry == "$word" ]] || word+=/
        [[ -n $entry && $word == "$last"* && $seen != *" $word "* ]] || continue
        [[ $word != '{'* || -n $3 ]] || continue
        seen+="$word "
        offers+=("$lead$before$word")
    done
}

# Set `offers` to NAME= for each parameter of an operation or, after NAME=, to its choices: METHOD,
# PATH, `query` or `body`, and the typed text.
_oocli_names() {
    local entries=() entry names name seen=' ' called="$2" choice
    offers=()
    called=${called%%\?*} called=${called#/} called=${called#api/2.0/}
    called=${called%/} called=${called%.json}
    _oocli_walk "$1" "$called"
    for entry in ${entries[@]+"${entries[@]}"}; do
        [[ $entry == \|* ]] || continue
        entry=${entry#|}
        names=${entry%%|*}
        [[ $3 == body && $1 != GET ]] && names=${entry#*|}
        [[ $names == *'%' ]] && names=${names%?}count,startIndex,sortBy,sortOrder,filterBy,filterOp,filterValue,fields
        while [[ -n $names ]]; do
            name=${names%%,*} names=${names#"$name"} names=${names#,}
            [[ $4 != *=* || $name == *:* ]] || continue
            [[ $seen != *" ${name%:*} "* ]] || continue
            seen+="${name%:*} "
            case "$4" in
                "${name%:*}="*)
                    _oocli_choices "${name#*:}"
                    for choice in $_oocli_text; do offers+=("${name%:*}=$choice"); done
                    ;;
                *=*) ;;
                *) offers+=("${name%:*}=") ;;
            esac
        done
    done
}
