# Completion of oocli for fish, made from oocli itself.
#
# For this session:  oocli completion fish | source
# For good:          oocli completion fish > ~/.config/fish/completions/oocli.fish

# Print the command typed so far: `call`, or a noun with its verb, `portals use`.
function __oocli_command
    set -l words (commandline -opc)
    switch "$words[2] $words[3]"
        case 'portals list' 'portals use' 'portals remove' 'demo serve'
            echo "$words[2] $words[3]"
        case '*'
            echo "$words[2]"
    end
end

# Whether the command typed so far is $argv[1] and, if $argv[2] is given, whether that many of its
# arguments stand before the cursor; `2+` means two or more.
function __oocli_at
    test (__oocli_command) = "$argv[1]"; or return 1
    set -q argv[2]; or return 0
    set -l words (commandline -opc)
    set -l path oocli (string split -n ' ' -- "$argv[1]")
    set -e words[1..(count $path)]
    set -l valued (__oocli_valued "$argv[1]")
    set -l count 0
    set -l pending no
    set -l only_arguments no
    for word in $words
        if test $pending = yes
            set pending no
        else if test $only_arguments = yes
            set count (math $count + 1)
        else if test "$word" = --
            set only_arguments yes
        else if string match -q -- '-?*' "$word"
            contains -- "$word" $valued; and set pending yes
        else
            set count (math $count + 1)
        end
    end
    if string match -q '*+' -- $argv[2]
        test $count -ge (string trim -c + -- $argv[2])
    else
        test $count -eq $argv[2]
    end
end

# Print the options of the command $argv[1] that take the word after them.
function __oocli_valued
    switch $argv[1]
        case 'login'
            string split ' ' -- '--user --password-file --otp --otp-command --phone --key-name --key-days --key-scope --portal --timeout --max-time --retry --proxy --cacert --client-cert --color --error-format'
        case 'whoami'
            string split ' ' -- '--format --portal --timeout --max-time --retry --proxy --cacert --client-cert --color --error-format'
        case 'call'
            string split ' ' -- '-p --param -f --raw-field -F --field -d --data --part -H --header --limit --page-size --jq --format --columns -o --output --wait-timeout --portal --timeout --max-time --retry --proxy --cacert --client-cert --color --error-format'
        case 'batch'
            string split ' ' -- '--parallel --resume --rate --portal --timeout --max-time --retry --proxy --cacert --client-cert --color --error-format'
        case 'logout'
            string split ' ' -- '--portal --timeout --max-time --retry --proxy --cacert --client-cert --color --error-format'
        case 'token'
            string split ' ' -- '--portal --timeout --max-time --retry --proxy --cacert --client-cert --color --error-format'
        case 'portals list'
            string split ' ' -- '--format --color --error-format'
        case 'portals use'
            string split ' ' -- '--color --error-format'
        case 'portals remove'
            string split ' ' -- '--color --error-format'
        case 'doctor'
            string split ' ' -- '--format --portal --timeout --max-time --retry --proxy --cacert --client-cert --color --error-format'
        case 'demo'
            string split ' ' -- '--kind --color --error-format'
        case 'demo serve'
            string split ' ' -- '--port --kind --tls-cert --tls-key --tfa --fault --color --error-format'
        case 'completion'
            string split ' ' -- '--color --error-format'
        case 'help'
            string split ' ' -- '--color --error-format'
    end
end

function __oocli_portals
    command oocli completion --portals 2>/dev/null
end

# Print the files that go on from what stands after an `@`.
function __oocli_text_or_file
    set -l word (commandline -ct)
    # Without its quotes, of which the last may be open.
    set -l plain (string unescape -- $word)
    or set plain (string unescape -- $word\')
    or set plain (string unescape -- $word\")
    set -l parts (string match -r -- '^([^@]*@)(.*)$' $plain); or return
    for file in (complete -C "'' "(string escape -- $parts[3]))
        echo "$parts[2]$file"
    end
end

complete -c oocli -e
complete -c oocli -f
complete -c oocli -n '__oocli_at "" 0' -a 'login' -d 'Sign in to a portal'
complete -c oocli -n '__oocli_at "" 0' -a 'whoami' -d 'Show who is signed in, checked with the portal'
complete -c oocli -n '__oocli_at "" 0' -a 'call' -d 'Call the portal\'s API'
complete -c oocli -n '__oocli_at "" 0' -a 'batch' -d 'Send many calls from a file or a pipe'
complete -c oocli -n '__oocli_at "" 0' -a 'logout' -d 'End the session at the portal and delete the stored credential'
complete -c oocli -n '__oocli_at "" 0' -a 'token' -d 'Print the credential that `call` would send'
complete -c oocli -n '__oocli_at "" 0' -a 'portals' -d 'List the known portals, choose the default, or remove one'
complete -c oocli -n '__oocli_at "" 0' -a 'doctor' -d 'Check network, TLS, keyring and credential'
complete -c oocli -n '__oocli_at "" 0' -a 'demo' -d 'Try oocli on a demo portal, or serve that portal for tests'
complete -c oocli -n '__oocli_at "" 0' -a 'completion' -d 'Print the completion script of a shell'
complete -c oocli -n '__oocli_at "" 0' -a 'help' -d 'Show help on environment variables, exit codes or formats'
complete -c oocli -n '__oocli_at ""' -s V -l version -d 'Print the version'
complete -c oocli -n '__oocli_at ""' -s h -l help -d 'Show the help'
complete -c oocli -n '__oocli_at "login" 0' -a '(__oocli_portals)'
complete -c oocli -n '__oocli_at "login"' -l user -x -d 'The account\'s e-mail address'
complete -c oocli -n '__oocli_at "login"' -l password-stdin -d 'Read the password from stdin'
complete -c oocli -n '__oocli_at "login"' -l password-file -r -F -d 'Read the password from FILE'
complete -c oocli -n '__oocli_at "login"' -l with-token -d 'Read a token or API key from stdin'
complete -c oocli -n '__oocli_at "login"' -l print-token -d 'Print the token and store nothing'
complete -c oocli -n '__oocli_at "login"' -l insecure-storage -d 'Store the credential in a 0600 file, not in the keyring'
complete -c oocli -n '__oocli_at "login"' -l otp -x -d 'Two-factor authentication code'
complete -c oocli -n '__oocli_at "login"' -l otp-command -x -d 'Run CMD, which prints the code'
complete -c oocli -n '__oocli_at "login"' -l phone -x -d 'The phone number to set for an account without one (Workspace)'
complete -c oocli -n '__oocli_at "login"' -l api-key -d 'Create an API key and store it (DocSpace)'
complete -c oocli -n '__oocli_at "login"' -l key-name -x -d 'The name of the API key, at most 30 characters'
complete -c oocli -n '__oocli_at "login"' -l key-days -x -d 'Let the API key expire after N days (default: never)'
complete -c oocli -n '__oocli_at "login"' -l key-scope -x -d 'What the API key may do (default: everything)'
complete -c oocli -n '__oocli_at "login"' -l portal -x -a '(__oocli_portals)' -d 'The portal'
complete -c oocli -n '__oocli_at "login"' -l timeout -x -d 'Stop waiting for data after SEC seconds (default: 60)'
complete -c oocli -n '__oocli_at "login"' -l max-time -x -d 'Stop the whole command after SEC seconds (default: never)'
complete -c oocli -n '__oocli_at "login"' -l retry -x -d 'Retry temporary failures N times (default: 2)'
complete -c oocli -n '__oocli_at "login"' -l proxy -x -d 'Use this proxy'
complete -c oocli -n '__oocli_at "login"' -l cacert -r -F -d 'CA certificates to trust (PEM file)'
complete -c oocli -n '__oocli_at "login"' -l client-cert -r -F -d 'Client certificate and its key (PEM file)'
complete -c oocli -n '__oocli_at "login"' -l insecure -d 'Do not check the portal\'s certificate'
complete -c oocli -n '__oocli_at "login"' -l insecure-http -d 'Allow unencrypted http'
complete -c oocli -n '__oocli_at "login"' -s q -l quiet -d 'Print only errors on stderr'
complete -c oocli -n '__oocli_at "login"' -s v -l verbose -d 'Log each request (-vv: and its headers)'
complete -c oocli -n '__oocli_at "login"' -l debug -d 'Log everything, and stack traces of bugs'
complete -c oocli -n '__oocli_at "login"' -l color -x -a 'auto always never' -d 'When to use colors'
complete -c oocli -n '__oocli_at "login"' -l no-color -d 'The same as --color never'
complete -c oocli -n '__oocli_at "login"' -l error-format -x -a 'text json' -d 'Format of errors on stderr'
complete -c oocli -n '__oocli_at "login"' -l no-input -d 'Never prompt'
complete -c oocli -n '__oocli_at "login"' -s h -l help -d 'Show the help'
complete -c oocli -n '__oocli_at "whoami"' -l format -x -a 'json' -d 'Print one JSON document'
complete -c oocli -n '__oocli_at "whoami"' -l portal -x -a '(__oocli_portals)' -d 'The portal'
complete -c oocli -n '__oocli_at "whoami"' -l timeout -x -d 'Stop waiting for data after SEC seconds (default: 60)'
complete -c oocli -n '__oocli_at "whoami"' -l max-time -x -d 'Stop the whole command after SEC seconds (default: never)'
complete -c oocli -n '__oocli_at "whoami"' -l retry -x -d 'Retry temporary failures N times (default: 2)'
complete -c oocli -n '__oocli_at "whoami"' -l proxy -x -d 'Use this proxy'
complete -c oocli -n '__oocli_at "whoami"' -l cacert -r -F -d 'CA certificates to trust (PEM file)'
complete -c oocli -n '__oocli_at "whoami"' -l client-cert -r -F -d 'Client certificate and its key (PEM file)'
complete -c oocli -n '__oocli_at "whoami"' -l insecure -d 'Do not check the portal\'s certificate'
complete -c oocli -n '__oocli_at "whoami"' -l insecure-http -d 'Allow unencrypted http'
complete -c oocli -n '__oocli_at "whoami"' -s q -l quiet -d 'Print only errors on stderr'
complete -c oocli -n '__oocli_at "whoami"' -s v -l verbose -d 'Log each request (-vv: and its headers)'
complete -c oocli -n '__oocli_at "whoami"' -l debug -d 'Log everything, and stack traces of bugs'
complete -c oocli -n '__oocli_at "whoami"' -l color -x -a 'auto always never' -d 'When to use colors'
complete -c oocli -n '__oocli_at "whoami"' -l no-color -d 'The same as --color never'
complete -c oocli -n '__oocli_at "whoami"' -l error-format -x -a 'text json' -d 'Format of errors on stderr'
complete -c oocli -n '__oocli_at "whoami"' -l no-input -d 'Never prompt'
complete -c oocli -n '__oocli_at "whoami"' -s h -l help -d 'Show the help'
complete -c oocli -n '__oocli_at "call" 0' -a 'GET POST PUT DELETE HEAD PATCH OPTIONS'
complete -c oocli -n '__oocli_at "call"' -s p -l param -x -d 'Add a query parameter'
complete -c oocli -n '__oocli_at "call"' -s f -l raw-field -x -d 'Add a text field'
complete -c oocli -n '__oocli_at "call"' -s F -l field -x -a '(__oocli_text_or_file)' -d 'Add a field: true, false, null and numbers become JSON; K[SUB]=V and K[]=V nest; @FILE and @- read the value'
complete -c oocli -n '__oocli_at "call"' -s d -l data -x -a '(__oocli_text_or_file)' -d 'Send this JSON body unchanged'
complete -c oocli -n '__oocli_at "call"' -l form -d 'Send the fields as a form instead of JSON'
complete -c oocli -n '__oocli_at "call"' -l part -x -a '(__oocli_text_or_file)' -d 'Send a file in a multipart form; may end in ;type=MEDIA/TYPE and ;filename=NAME'
complete -c oocli -n '__oocli_at "call"' -s H -l header -x -d 'Send a header'
complete -c oocli -n '__oocli_at "call"' -s r -l response -d 'Print only the content of the envelope'
complete -c oocli -n '__oocli_at "call"' -l paginate -d 'Get all pages and merge them (GET)'
complete -c oocli -n '__oocli_at "call"' -l limit -x -d 'Stop after N items, over all pages'
complete -c oocli -n '__oocli_at "call"' -l page-size -x -d 'Request N items per page'
complete -c oocli -n '__oocli_at "call"' -l jq -x -d 'Filter the answer with a jq expression'
complete -c oocli -n '__oocli_at "call"' -l format -x -a 'json ndjson table csv tsv raw' -d 'Output format: see oocli help formats'
complete -c oocli -n '__oocli_at "call"' -l columns -x -d 'Columns for table, csv and tsv'
complete -c oocli -n '__oocli_at "call"' -l safe-cells -d 'Escape cells that start a formula'
complete -c oocli -n '__oocli_at "call"' -s i -l include -d 'Print the status line and headers first'
complete -c oocli -n '__oocli_at "call"' -s o -l output -r -F -d 'Write the answer to FILE (-: stdout)'
complete -c oocli -n '__oocli_at "call"' -s O -l remote-name -d 'Save under the file name that the portal sends'
complete -c oocli -n '__oocli_at "call"' -l dry-run -d 'Print the request; send nothing'
complete -c oocli -n '__oocli_at "call"' -l print-curl -d 'Print a curl command; send nothing'
complete -c oocli -n '__oocli_at "call"' -l wait -d 'Wait for the file operation that the call starts'
complete -c oocli -n '__oocli_at "call"' -l wait-timeout -x -d 'End --wait after SEC seconds (default: never)'
complete -c oocli -n '__oocli_at "call"' -l no-fail -d 'Exit with 0 if the portal answers, even with an error'
complete -c oocli -n '__oocli_at "call"' -s y -l yes -d 'Confirm a DELETE'
complete -c oocli -n '__oocli_at "call"' -l portal -x -a '(__oocli_portals)' -d 'The portal'
complete -c oocli -n '__oocli_at "call"' -l timeout -x -d 'Stop waiting for data after SEC seconds (default: 60)'
complete -c oocli -n '__oocli_at "call"' -l max-time -x -d 'Stop the whole command after SEC seconds (default: never)'
complete -c oocli -n '__oocli_at "call"' -l retry -x -d 'Retry temporary failures N times (default: 2)'
complete -c oocli -n '__oocli_at "call"' -l proxy -x -d 'Use this proxy'
complete -c oocli -n '__oocli_at "call"' -l cacert -r -F -d 'CA certificates to trust (PEM file)'
complete -c oocli -n '__oocli_at "call"' -l client-cert -r -F -d 'Client certificate and its key (PEM file)'
complete -c oocli -n '__oocli_at "call"' -l insecure -d 'Do not check the portal\'s certificate'
complete -c oocli -n '__oocli_at "call"' -l insecure-http -d 'Allow unencrypted http'
complete -c oocli -n '__oocli_at "call"' -s q -l quiet -d 'Print only errors on stderr'
complete -c oocli -n '__oocli_at "call"' -s v -l verbose -d 'Log each request (-vv: and its headers)'
complete -c oocli -n '__oocli_at "call"' -l debug -d 'Log everything, and stack traces of bugs'
complete -c oocli -n '__oocli_at "call"' -l color -x -a 'auto always never' -d 'When to use colors'
complete -c oocli -n '__oocli_at "call"' -l no-color -d 'The same as --color never'
complete -c oocli -n '__oocli_at "call"' -l error-format -x -a 'text json' -d 'Format of errors on stderr'
complete -c oocli -n '__oocli_at "call"' -l no-input -d 'Never prompt'
complete -c oocli -n '__oocli_at "call"' -s h -l help -d 'Show the help'
complete -c oocli -n '__oocli_at "batch" 0' -F
complete -c oocli -n '__oocli_at "batch"' -l parallel -x -d 'Send up to N calls at a time'
complete -c oocli -n '__oocli_at "batch"' -l stop-on-error -d 'Send no more calls after the first failure'
complete -c oocli -n '__oocli_at "batch"' -l resume -r -F -d 'Record progress in JOURNAL, and continue from there'
complete -c oocli -n '__oocli_at "batch"' -l rate -x -d 'Start at most N calls per second'
complete -c oocli -n '__oocli_at "batch"' -s y -l yes -d 'Confirm the DELETE lines'
complete -c oocli -n '__oocli_at "batch"' -l portal -x -a '(__oocli_portals)' -d 'The portal'
complete -c oocli -n '__oocli_at "batch"' -l timeout -x -d 'Stop waiting for data after SEC seconds (default: 60)'
complete -c oocli -n '__oocli_at "batch"' -l max-time -x -d 'Stop the whole command after SEC seconds (default: never)'
complete -c oocli -n '__oocli_at "batch"' -l retry -x -d 'Retry temporary failures N times (default: 2)'
complete -c oocli -n '__oocli_at "batch"' -l proxy -x -d 'Use this proxy'
complete -c oocli -n '__oocli_at "batch"' -l cacert -r -F -d 'CA certificates to trust (PEM file)'
complete -c oocli -n '__oocli_at "batch"' -l client-cert -r -F -d 'Client certificate and its key (PEM file)'
complete -c oocli -n '__oocli_at "batch"' -l insecure -d 'Do not check the portal\'s certificate'
complete -c oocli -n '__oocli_at "batch"' -l insecure-http -d 'Allow unencrypted http'
complete -c oocli -n '__oocli_at "batch"' -s q -l quiet -d 'Print only errors on stderr'
complete -c oocli -n '__oocli_at "batch"' -s v -l verbose -d 'Log each request (-vv: and its headers)'
complete -c oocli -n '__oocli_at "batch"' -l debug -d 'Log everything, and stack traces of bugs'
complete -c oocli -n '__oocli_at "batch"' -l color -x -a 'auto always never' -d 'When to use colors'
complete -c oocli -n '__oocli_at "batch"' -l no-color -d 'The same as --color never'
complete -c oocli -n '__oocli_at "batch"' -l error-format -x -a 'text json' -d 'Format of errors on stderr'
complete -c oocli -n '__oocli_at "batch"' -l no-input -d 'Never prompt'
complete -c oocli -n '__oocli_at "batch"' -s h -l help -d 'Show the help'
complete -c oocli -n '__oocli_at "logout"' -l all -d 'Sign out of every known portal'
complete -c oocli -n '__oocli_at "logout"' -l portal -x -a '(__oocli_portals)' -d 'The portal'
complete -c oocli -n '__oocli_at "logout"' -l timeout -x -d 'Stop waiting for data after SEC seconds (default: 60)'
complete -c oocli -n '__oocli_at "logout"' -l max-time -x -d 'Stop the whole command after SEC seconds (default: never)'
complete -c oocli -n '__oocli_at "logout"' -l retry -x -d 'Retry temporary failures N times (default: 2)'
complete -c oocli -n '__oocli_at "logout"' -l proxy -x -d 'Use this proxy'
complete -c oocli -n '__oocli_at "logout"' -l cacert -r -F -d 'CA certificates to trust (PEM file)'
complete -c oocli -n '__oocli_at "logout"' -l client-cert -r -F -d 'Client certificate and its key (PEM file)'
complete -c oocli -n '__oocli_at "logout"' -l insecure -d 'Do not check the portal\'s certificate'
complete -c oocli -n '__oocli_at "logout"' -l insecure-http -d 'Allow unencrypted http'
complete -c oocli -n '__oocli_at "logout"' -s q -l quiet -d 'Print only errors on stderr'
complete -c oocli -n '__oocli_at "logout"' -s v -l verbose -d 'Log each request (-vv: and its headers)'
complete -c oocli -n '__oocli_at "logout"' -l debug -d 'Log everything, and stack traces of bugs'
complete -c oocli -n '__oocli_at "logout"' -l color -x -a 'auto always never' -d 'When to use colors'
complete -c oocli -n '__oocli_at "logout"' -l no-color -d 'The same as --color never'
complete -c oocli -n '__oocli_at "logout"' -l error-format -x -a 'text json' -d 'Format of errors on stderr'
complete -c oocli -n '__oocli_at "logout"' -l no-input -d 'Never prompt'
complete -c oocli -n '__oocli_at "logout"' -s h -l help -d 'Show the help'
complete -c oocli -n '__oocli_at "token"' -l portal -x -a '(__oocli_portals)' -d 'The portal'
complete -c oocli -n '__oocli_at "token"' -l timeout -x -d 'Stop waiting for data after SEC seconds (default: 60)'
complete -c oocli -n '__oocli_at "token"' -l max-time -x -d 'Stop the whole command after SEC seconds (default: never)'
complete -c oocli -n '__oocli_at "token"' -l retry -x -d 'Retry temporary failures N times (default: 2)'
complete -c oocli -n '__oocli_at "token"' -l proxy -x -d 'Use this proxy'
complete -c oocli -n '__oocli_at "token"' -l cacert -r -F -d 'CA certificates to trust (PEM file)'
complete -c oocli -n '__oocli_at "token"' -l client-cert -r -F -d 'Client certificate and its key (PEM file)'
complete -c oocli -n '__oocli_at "token"' -l insecure -d 'Do not check the portal\'s certificate'
complete -c oocli -n '__oocli_at "token"' -l insecure-http -d 'Allow unencrypted http'
complete -c oocli -n '__oocli_at "token"' -s q -l quiet -d 'Print only errors on stderr'
complete -c oocli -n '__oocli_at "token"' -s v -l verbose -d 'Log each request (-vv: and its headers)'
complete -c oocli -n '__oocli_at "token"' -l debug -d 'Log everything, and stack traces of bugs'
complete -c oocli -n '__oocli_at "token"' -l color -x -a 'auto always never' -d 'When to use colors'
complete -c oocli -n '__oocli_at "token"' -l no-color -d 'The same as --color never'
complete -c oocli -n '__oocli_at "token"' -l error-format -x -a 'text json' -d 'Format of errors on stderr'
complete -c oocli -n '__oocli_at "token"' -l no-input -d 'Never prompt'
complete -c oocli -n '__oocli_at "token"' -s h -l help -d 'Show the help'
complete -c oocli -n '__oocli_at "portals" 0' -a 'list' -d 'List the known portals; the default one is marked with a star'
complete -c oocli -n '__oocli_at "portals" 0' -a 'use' -d 'Make a known portal the default one'
complete -c oocli -n '__oocli_at "portals" 0' -a 'remove' -d 'Remove a portal and its credential from this machine, without contacting the portal'
complete -c oocli -n '__oocli_at "portals"' -s h -l help -d 'Show the help'
complete -c oocli -n '__oocli_at "portals list"' -l format -x -a 'json' -d 'Print one JSON document'
complete -c oocli -n '__oocli_at "portals list"' -s q -l quiet -d 'Print only errors on stderr'
complete -c oocli -n '__oocli_at "portals list"' -s v -l verbose -d 'Log each request (-vv: and its headers)'
complete -c oocli -n '__oocli_at "portals list"' -l debug -d 'Log everything, and stack traces of bugs'
complete -c oocli -n '__oocli_at "portals list"' -l color -x -a 'auto always never' -d 'When to use colors'
complete -c oocli -n '__oocli_at "portals list"' -l no-color -d 'The same as --color never'
complete -c oocli -n '__oocli_at "portals list"' -l error-format -x -a 'text json' -d 'Format of errors on stderr'
complete -c oocli -n '__oocli_at "portals list"' -l no-input -d 'Never prompt'
complete -c oocli -n '__oocli_at "portals list"' -s h -l help -d 'Show the help'
complete -c oocli -n '__oocli_at "portals use" 0' -a '(__oocli_portals)'
complete -c oocli -n '__oocli_at "portals use"' -s q -l quiet -d 'Print only errors on stderr'
complete -c oocli -n '__oocli_at "portals use"' -s v -l verbose -d 'Log each request (-vv: and its headers)'
complete -c oocli -n '__oocli_at "portals use"' -l debug -d 'Log everything, and stack traces of bugs'
complete -c oocli -n '__oocli_at "portals use"' -l color -x -a 'auto always never' -d 'When to use colors'
complete -c oocli -n '__oocli_at "portals use"' -l no-color -d 'The same as --color never'
complete -c oocli -n '__oocli_at "portals use"' -l error-format -x -a 'text json' -d 'Format of errors on stderr'
complete -c oocli -n '__oocli_at "portals use"' -l no-input -d 'Never prompt'
complete -c oocli -n '__oocli_at "portals use"' -s h -l help -d 'Show the help'
complete -c oocli -n '__oocli_at "portals remove" 0' -a '(__oocli_portals)'
complete -c oocli -n '__oocli_at "portals remove"' -s q -l quiet -d 'Print only errors on stderr'
complete -c oocli -n '__oocli_at "portals remove"' -s v -l verbose -d 'Log each request (-vv: and its headers)'
complete -c oocli -n '__oocli_at "portals remove"' -l debug -d 'Log everything, and stack traces of bugs'
complete -c oocli -n '__oocli_at "portals remove"' -l color -x -a 'auto always never' -d 'When to use colors'
complete -c oocli -n '__oocli_at "portals remove"' -l no-color -d 'The same as --color never'
complete -c oocli -n '__oocli_at "portals remove"' -l error-format -x -a 'text json' -d 'Format of errors on stderr'
complete -c oocli -n '__oocli_at "portals remove"' -l no-input -d 'Never prompt'
complete -c oocli -n '__oocli_at "portals remove"' -s h -l help -d 'Show the help'
complete -c oocli -n '__oocli_at "doctor"' -l format -x -a 'json' -d 'Print one JSON document'
complete -c oocli -n '__oocli_at "doctor"' -l portal -x -a '(__oocli_portals)' -d 'The portal'
complete -c oocli -n '__oocli_at "doctor"' -l timeout -x -d 'Stop waiting for data after SEC seconds (default: 60)'
complete -c oocli -n '__oocli_at "doctor"' -l max-time -x -d 'Stop the whole command after SEC seconds (default: never)'
complete -c oocli -n '__oocli_at "doctor"' -l retry -x -d 'Retry temporary failures N times (default: 2)'
complete -c oocli -n '__oocli_at "doctor"' -l proxy -x -d 'Use this proxy'
complete -c oocli -n '__oocli_at "doctor"' -l cacert -r -F -d 'CA certificates to trust (PEM file)'
complete -c oocli -n '__oocli_at "doctor"' -l client-cert -r -F -d 'Client certificate and its key (PEM file)'
complete -c oocli -n '__oocli_at "doctor"' -l insecure -d 'Do not check the portal\'s certificate'
complete -c oocli -n '__oocli_at "doctor"' -l insecure-http -d 'Allow unencrypted http'
complete -c oocli -n '__oocli_at "doctor"' -s q -l quiet -d 'Print only errors on stderr'
complete -c oocli -n '__oocli_at "doctor"' -s v -l verbose -d 'Log each request (-vv: and its headers)'
complete -c oocli -n '__oocli_at "doctor"' -l debug -d 'Log everything, and stack traces of bugs'
complete -c oocli -n '__oocli_at "doctor"' -l color -x -a 'auto always never' -d 'When to use colors'
complete -c oocli -n '__oocli_at "doctor"' -l no-color -d 'The same as --color never'
complete -c oocli -n '__oocli_at "doctor"' -l error-format -x -a 'text json' -d 'Format of errors on stderr'
complete -c oocli -n '__oocli_at "doctor"' -l no-input -d 'Never prompt'
complete -c oocli -n '__oocli_at "doctor"' -s h -l help -d 'Show the help'
complete -c oocli -n '__oocli_at "demo" 0' -a 'serve' -d 'Run a demo portal for your own tests, on this machine only'
complete -c oocli -n '__oocli_at "demo"' -l kind -x -a 'workspace docspace' -d 'The kind of portal'
complete -c oocli -n '__oocli_at "demo"' -s q -l quiet -d 'Print only errors on stderr'
complete -c oocli -n '__oocli_at "demo"' -s v -l verbose -d 'Log each request (-vv: and its headers)'
complete -c oocli -n '__oocli_at "demo"' -l debug -d 'Log everything, and stack traces of bugs'
complete -c oocli -n '__oocli_at "demo"' -l color -x -a 'auto always never' -d 'When to use colors'
complete -c oocli -n '__oocli_at "demo"' -l no-color -d 'The same as --color never'
complete -c oocli -n '__oocli_at "demo"' -l error-format -x -a 'text json' -d 'Format of errors on stderr'
complete -c oocli -n '__oocli_at "demo"' -l no-input -d 'Never prompt'
complete -c oocli -n '__oocli_at "demo"' -s h -l help -d 'Show the help'
complete -c oocli -n '__oocli_at "demo serve"' -l port -x -d 'Port to listen on (0: any free port)'
complete -c oocli -n '__oocli_at "demo serve"' -l kind -x -a 'workspace docspace' -d 'The kind of portal'
complete -c oocli -n '__oocli_at "demo serve"' -l tls-cert -r -F -d 'Certificate for https (PEM file)'
complete -c oocli -n '__oocli_at "demo serve"' -l tls-key -r -F -d 'Private key for https (PEM file)'
complete -c oocli -n '__oocli_at "demo serve"' -l tfa -x -a 'app app-new sms sms-new' -d 'Require a second factor (-new: not set up yet)'
complete -c oocli -n '__oocli_at "demo serve"' -l api-keys -d 'Create an API key and print it (DocSpace)'
complete -c oocli -n '__oocli_at "demo serve"' -l fault -x -d 'Answer matching calls with STATUS; * matches any method or path'
complete -c oocli -n '__oocli_at "demo serve"' -s q -l quiet -d 'Print only errors on stderr'
complete -c oocli -n '__oocli_at "demo serve"' -s v -l verbose -d 'Log each request (-vv: and its headers)'
complete -c oocli -n '__oocli_at "demo serve"' -l debug -d 'Log everything, and stack traces of bugs'
complete -c oocli -n '__oocli_at "demo serve"' -l color -x -a 'auto always never' -d 'When to use colors'
complete -c oocli -n '__oocli_at "demo serve"' -l no-color -d 'The same as --color never'
complete -c oocli -n '__oocli_at "demo serve"' -l error-format -x -a 'text json' -d 'Format of errors on stderr'
complete -c oocli -n '__oocli_at "demo serve"' -l no-input -d 'Never prompt'
complete -c oocli -n '__oocli_at "demo serve"' -s h -l help -d 'Show the help'
complete -c oocli -n '__oocli_at "completion" 0' -a 'bash zsh fish powershell'
complete -c oocli -n '__oocli_at "completion"' -s q -l quiet -d 'Print only errors on stderr'
complete -c oocli -n '__oocli_at "completion"' -s v -l verbose -d 'Log each request (-vv: and its headers)'
complete -c oocli -n '__oocli_at "completion"' -l debug -d 'Log everything, and stack traces of bugs'
complete -c oocli -n '__oocli_at "completion"' -l color -x -a 'auto always never' -d 'When to use colors'
complete -c oocli -n '__oocli_at "completion"' -l no-color -d 'The same as --color never'
complete -c oocli -n '__oocli_at "completion"' -l error-format -x -a 'text json' -d 'Format of errors on stderr'
complete -c oocli -n '__oocli_at "completion"' -l no-input -d 'Never prompt'
complete -c oocli -n '__oocli_at "completion"' -s h -l help -d 'Show the help'
complete -c oocli -n '__oocli_at "help" 0' -a 'environment exit-codes formats'
complete -c oocli -n '__oocli_at "help"' -s q -l quiet -d 'Print only errors on stderr'
complete -c oocli -n '__oocli_at "help"' -s v -l verbose -d 'Log each request (-vv: and its headers)'
complete -c oocli -n '__oocli_at "help"' -l debug -d 'Log everything, and stack traces of bugs'
complete -c oocli -n '__oocli_at "help"' -l color -x -a 'auto always never' -d 'When to use colors'
complete -c oocli -n '__oocli_at "help"' -l no-color -d 'The same as --color never'
complete -c oocli -n '__oocli_at "help"' -l error-format -x -a 'text json' -d 'Format of errors on stderr'
complete -c oocli -n '__oocli_at "help"' -l no-input -d 'Never prompt'
complete -c oocli -n '__oocli_at "help"' -s h -l help -d 'Show the help'
