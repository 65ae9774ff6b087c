# Completion of oocli for PowerShell 5.1 and newer, written by oocli.
#
# For this session:  oocli completion powershell | Out-String | Invoke-Expression
# For all sessions:  add that line to the file $PROFILE

Register-ArgumentCompleter -Native -CommandName oocli -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    # The subcommands (Verbs), options, values of options, and arguments of each command.
    # A value is a placeholder such as <text>, <file> or <portal>, or the words to choose from.
    $grammar = @{
        '' = @{
            Verbs = @('login', 'whoami', 'portals', 'token', 'logout', 'call', 'api', 'batch', 'files', 'demo', 'doctor', 'completion', 'help')
            Options = @('-V', '--version', '-h', '--help')
            Values = @()
            Arguments = @()
            Repeats = $false
        }
        'login' = @{
            Verbs = @()
            Options = @('--user', '--password-stdin', '--password-file', '--with-token', '--otp', '--otp-command', '--phone', '--api-key', '--key-name', '--key-days', '--key-scope', '--print-token', '--insecure-storage', '--portal', '--timeout', '--max-time', '--retry', '--proxy', '--cacert', '--client-cert', '--insecure', '--insecure-http', '-q', '--quiet', '-v', '--verbose', '--debug', '--color', '--no-color', '--error-format', '--no-input', '-h', '--help')
            Values = @(
                @{ Names = @('--user'); Takes = @('<text>') }
                @{ Names = @('--password-file'); Takes = @('<file>') }
                @{ Names = @('--otp'); Takes = @('<text>') }
                @{ Names = @('--otp-command'); Takes = @('<text>') }
                @{ Names = @('--phone'); Takes = @('<text>') }
                @{ Names = @('--key-name'); Takes = @('<text>') }
                @{ Names = @('--key-days'); Takes = @('<text>') }
                @{ Names = @('--key-scope'); Takes = @('<text>') }
                @{ Names = @('--portal'); Takes = @('<portal>') }
                @{ Names = @('--timeout'); Takes = @('<text>') }
                @{ Names = @('--max-time'); Takes = @('<text>') }
                @{ Names = @('--retry'); Takes = @('<text>') }
                @{ Names = @('--proxy'); Takes = @('<text>') }
                @{ Names = @('--cacert'); Takes = @('<file>') }
                @{ Names = @('--client-cert'); Takes = @('<file>') }
                @{ Names = @('--color'); Takes = @('auto', 'always', 'never') }
                @{ Names = @('--error-format'); Takes = @('text', 'json') }
            )
            Arguments = @(
                @{ Takes = @('<portal>') }
            )
            Repeats = $false
        }
        'whoami' = @{
            Verbs = @()
            Options = @('--format', '--portal', '--timeout', '--max-time', '--retry', '--proxy', '--cacert', '--client-cert', '--insecure', '--insecure-http', '-q', '--quiet', '-v', '--verbose', '--debug', '--color', '--no-color', '--error-format', '--no-input', '-h', '--help')
            Values = @(
                @{ Names = @('--format'); Takes = @('json') }
                @{ Names = @('--portal'); Takes = @('<portal>') }
                @{ Names = @('--timeout'); Takes = @('<text>') }
                @{ Names = @('--max-time'); Takes = @('<text>') }
                @{ Names = @('--retry'); Takes = @('<text>') }
                @{ Names = @('--proxy'); Takes = @('<text>') }
                @{ Names = @('--cacert'); Takes = @('<file>') }
                @{ Names = @('--client-cert'); Takes = @('<file>') }
                @{ Names = @('--color'); Takes = @('auto', 'always', 'never') }
                @{ Names = @('--error-format'); Takes = @('text', 'json') }
            )
            Arguments = @()
            Repeats = $false
        }
        'portals' = @{
            Verbs = @('list', 'use', 'remove')
            Options = @('-h', '--help')
            Values = @()
            Arguments = @()
            Repeats = $false
        }
        'portals list' = @{
            Verbs = @()
            Options = @('--format', '-q', '--quiet', '-v', '--verbose', '--debug', '--color', '--no-color', '--error-format', '--no-input', '-h', '--help')
            Values = @(
                @{ Names = @('--format'); Takes = @('json') }
                @{ Names = @('--color'); Takes = @('auto', 'always', 'never') }
                @{ Names = @('--error-format'); Takes = @('text', 'json') }
            )
            Arguments = @()
            Repeats = $false
        }
        'portals use' = @{
            Verbs = @()
            Options = @('-q', '--quiet', '-v', '--verbose', '--debug', '--color', '--no-color', '--error-format', '--no-input', '-h', '--help')
            Values = @(
                @{ Names = @('--color'); Takes = @('auto', 'always', 'never') }
                @{ Names = @('--error-format'); Takes = @('text', 'json') }
            )
            Arguments = @(
                @{ Takes = @('<portal>') }
            )
            Repeats = $false
        }
        'portals remove' = @{
            Verbs = @()
            Options = @('-q', '--quiet', '-v', '--verbose', '--debug', '--color', '--no-color', '--error-format', '--no-input', '-h', '--help')
            Values = @(
                @{ Names = @('--color'); Takes = @('auto', 'always', 'never') }
                @{ Names = @('--error-format'); Takes = @('text', 'json') }
            )
            Arguments = @(
                @{ Takes = @('<portal>') }
            )
            Repeats = $false
        }
        'token' = @{
            Verbs = @()
            Options = @('--portal', '--timeout', '--max-time', '--retry', '--proxy', '--cacert', '--client-cert', '--insecure', '--insecure-http', '-q', '--quiet', '-v', '--verbose', '--debug', '--color', '--no-color', '--error-format', '--no-input', '-h', '--help')
            Values = @(
                @{ Names = @('--portal'); Takes = @('<portal>') }
                @{ Names = @('--timeout'); Takes = @('<text>') }
                @{ Names = @('--max-time'); Takes = @('<text>') }
                @{ Names = @('--retry'); Takes = @('<text>') }
                @{ Names = @('--proxy'); Takes = @('<text>') }
                @{ Names = @('--cacert'); Takes = @('<file>') }
                @{ Names = @('--client-cert'); Takes = @('<file>') }
                @{ Names = @('--color'); Takes = @('auto', 'always', 'never') }
                @{ Names = @('--error-format'); Takes = @('text', 'json') }
            )
            Arguments = @()
            Repeats = $false
        }
        'logout' = @{
            Verbs = @()
            Options = @('--all', '--portal', '--timeout', '--max-time', '--retry', '--proxy', '--cacert', '--client-cert', '--insecure', '--insecure-http', '-q', '--quiet', '-v', '--verbose', '--debug', '--color', '--no-color', '--error-format', '--no-input', '-h', '--help')
            Values = @(
                @{ Names = @('--portal'); Takes = @('<portal>') }
                @{ Names = @('--timeout'); Takes = @('<text>') }
                @{ Names = @('--max-time'); Takes = @('<text>') }
                @{ Names = @('--retry'); Takes = @('<text>') }
                @{ Names = @('--proxy'); Takes = @('<text>') }
                @{ Names = @('--cacert'); Takes = @('<file>') }
                @{ Names = @('--client-cert'); Takes = @('<file>') }
                @{ Names = @('--color'); Takes = @('auto', 'always', 'never') }
                @{ Names = @('--error-format'); Takes = @('text', 'json') }
            )
            Arguments = @()
            Repeats = $false
        }
        'call' = @{
            Verbs = @()
            Options = @('-p', '--param', '-f', '--raw-field', '-F', '--field', '-d', '--data', '--form', '--part', '-H', '--header', '--wait', '--wait-timeout', '-r', '--response', '--paginate', '--limit', '--page-size', '--jq', '--format', '--columns', '--safe-cells', '-i', '--include', '-o', '--output', '-O', '--remote-name', '--no-fail', '--dry-run', '--print-curl', '-y', '--yes', '--portal', '--timeout', '--max-time', '--retry', '--proxy', '--cacert', '--client-cert', '--insecure', '--insecure-http', '-q', '--quiet', '-v', '--verbose', '--debug', '--color', '--no-color', '--error-format', '--no-input', '-h', '--help')
            Values = @(
                @{ Names = @('-p', '--param'); Takes = @('<query-name>') }
                @{ Names = @('-f', '--raw-field'); Takes = @('<body-name>') }
                @{ Names = @('-F', '--field'); Takes = @('<body-name-or-file>') }
                @{ Names = @('-d', '--data'); Takes = @('<at-file>') }
                @{ Names = @('--part'); Takes = @('<at-file>') }
                @{ Names = @('-H', '--header'); Takes = @('<text>') }
                @{ Names = @('--wait-timeout'); Takes = @('<text>') }
                @{ Names = @('--limit'); Takes = @('<text>') }
                @{ Names = @('--page-size'); Takes = @('<text>') }
                @{ Names = @('--jq'); Takes = @('<text>') }
                @{ Names = @('--format'); Takes = @('json', 'ndjson', 'table', 'csv', 'tsv', 'raw') }
                @{ Names = @('--columns'); Takes = @('<text>') }
                @{ Names = @('-o', '--output'); Takes = @('<file>') }
                @{ Names = @('--portal'); Takes = @('<portal>') }
                @{ Names = @('--timeout'); Takes = @('<text>') }
                @{ Names = @('--max-time'); Takes = @('<text>') }
                @{ Names = @('--retry'); Takes = @('<text>') }
                @{ Names = @('--proxy'); Takes = @('<text>') }
                @{ Names = @('--cacert'); Takes = @('<file>') }
                @{ Names = @('--client-cert'); Takes = @('<file>') }
                @{ Names = @('--color'); Takes = @('auto', 'always', 'never') }
                @{ Names = @('--error-format'); Takes = @('text', 'json') }
            )
            Arguments = @(
                @{ Takes = @('GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'PATCH', 'OPTIONS') }
                @{ Takes = @('<api-path>') }
            )
            Repeats = $false
        }
        'api' = @{
            Verbs = @()
            Options = @('--kind', '--limit', '--format', '--portal', '-q', '--quiet', '-v', '--verbose', '--debug', '--color', '--no-color', '--error-format', '--no-input', '-h', '--help')
            Values = @(
                @{ Names = @('--kind'); Takes = @('workspace', 'docspace', 'all') }
                @{ Names = @('--limit'); Takes = @('<text>') }
                @{ Names = @('--format'); Takes = @('json', 'ndjson', 'table', 'csv', 'tsv') }
                @{ Names = @('--portal'); Takes = @('<portal>') }
                @{ Names = @('--color'); Takes = @('auto', 'always', 'never') }
                @{ Names = @('--error-format'); Takes = @('text', 'json') }
            )
            Arguments = @(
                @{ Takes = @('<api-words>') }
            )
            Repeats = $true
        }
        'batch' = @{
            Verbs = @()
            Options = @('--parallel', '--rate', '--stop-on-error', '--resume', '-y', '--yes', '--portal', '--timeout', '--max-time', '--retry', '--proxy', '--cacert', '--client-cert', '--insecure', '--insecure-http', '-q', '--quiet', '-v', '--verbose', '--debug', '--color', '--no-color', '--error-format', '--no-input', '-h', '--help')
            Values = @(
                @{ Names = @('--parallel'); Takes = @('<text>') }
                @{ Names = @('--rate'); Takes = @('<text>') }
                @{ Names = @('--resume'); Takes = @('<file>') }
                @{ Names = @('--portal'); Takes = @('<portal>') }
                @{ Names = @('--timeout'); Takes = @('<text>') }
                @{ Names = @('--max-time'); Takes = @('<text>') }
                @{ Names = @('--retry'); Takes = @('<text>') }
                @{ Names = @('--proxy'); Takes = @('<text>') }
                @{ Names = @('--cacert'); Takes = @('<file>') }
                @{ Names = @('--client-cert'); Takes = @('<file>') }
                @{ Names = @('--color'); Takes = @('auto', 'always', 'never') }
                @{ Names = @('--error-format'); Takes = @('text', 'json') }
            )
            Arguments = @(
                @{ Takes = @('<file>') }
            )
            Repeats = $false
        }
        'files' = @{
            Verbs = @('ls', 'id', 'get', 'put', 'mkdir', 'mv', 'cp', 'rm')
            Options = @('-h', '--help')
            Values = @()
            Arguments = @()
            Repeats = $false
        }
        'files ls' = @{
            Verbs = @()
            Options = @('-R', '--recursive', '--format', '--columns', '--portal', '--timeout', '--max-time', '--retry', '--proxy', '--cacert', '--client-cert', '--insecure', '--insecure-http', '-q', '--quiet', '-v', '--verbose', '--debug', '--color', '--no-color', '--error-format', '--no-input', '-h', '--help')
            Values = @(
                @{ Names = @('--format'); Takes = @('json', 'ndjson', 'table', 'csv', 'tsv') }
                @{ Names = @('--columns'); Takes = @('<text>') }
                @{ Names = @('--portal'); Takes = @('<portal>') }
                @{ Names = @('--timeout'); Takes = @('<text>') }
                @{ Names = @('--max-time'); Takes = @('<text>') }
                @{ Names = @('--retry'); Takes = @('<text>') }
                @{ Names = @('--proxy'); Takes = @('<text>') }
                @{ Names = @('--cacert'); Takes = @('<file>') }
                @{ Names = @('--client-cert'); Takes = @('<file>') }
                @{ Names = @('--color'); Takes = @('auto', 'always', 'never') }
                @{ Names = @('--error-format'); Takes = @('text', 'json') }
            )
            Arguments = @(
                @{ Takes = @('<remote>') }
            )
            Repeats = $false
        }
        'files id' = @{
            Verbs = @()
            Options = @('--portal', '--timeout', '--max-time', '--retry', '--proxy', '--cacert', '--client-cert', '--insecure', '--insecure-http', '-q', '--quiet', '-v', '--verbose', '--debug', '--color', '--no-color', '--error-format', '--no-input', '-h', '--help')
            Values = @(
                @{ Names = @('--portal'); Takes = @('<portal>') }
                @{ Names = @('--timeout'); Takes = @('<text>') }
                @{ Names = @('--max-time'); Takes = @('<text>') }
                @{ Names = @('--retry'); Takes = @('<text>') }
                @{ Names = @('--proxy'); Takes = @('<text>') }
                @{ Names = @('--cacert'); Takes = @('<file>') }
                @{ Names = @('--client-cert'); Takes = @('<file>') }
                @{ Names = @('--color'); Takes = @('auto', 'always', 'never') }
                @{ Names = @('--error-format'); Takes = @('text', 'json') }
            )
            Arguments = @(
                @{ Takes = @('<remote>') }
            )
            Repeats = $false
        }
        'files get' = @{
            Verbs = @()
            Options = @('-o', '--output', '-r', '--recursive', '--if-exists', '--parallel', '--dry-run', '--format', '--portal', '--timeout', '--max-time', '--retry', '--proxy', '--cacert', '--client-cert', '--insecure', '--insecure-http', '-q', '--quiet', '-v', '--verbose', '--debug', '--color', '--no-color', '--error-format', '--no-input', '-h', '--help')
            Values = @(
                @{ Names = @('-o', '--output'); Takes = @('<file>') }
                @{ Names = @('--if-exists'); Takes = @('update', 'skip', 'overwrite', 'rename', 'fail') }
                @{ Names = @('--parallel'); Takes = @('<text>') }
                @{ Names = @('--format'); Takes = @('ndjson') }
                @{ Names = @('--portal'); Takes = @('<portal>') }
                @{ Names = @('--timeout'); Takes = @('<text>') }
                @{ Names = @('--max-time'); Takes = @('<text>') }
                @{ Names = @('--retry'); Takes = @('<text>') }
                @{ Names = @('--proxy'); Takes = @('<text>') }
                @{ Names = @('--cacert'); Takes = @('<file>') }
                @{ Names = @('--client-cert'); Takes = @('<file>') }
                @{ Names = @('--color'); Takes = @('auto', 'always', 'never') }
                @{ Names = @('--error-format'); Takes = @('text', 'json') }
            )
            Arguments = @(
                @{ Takes = @('<remote>') }
            )
            Repeats = $true
        }
        'files put' = @{
            Verbs = @()
            Options = @('-r', '--recursive', '--name', '--if-exists', '--parallel', '--follow-links', '--dry-run', '--format', '--portal', '--timeout', '--max-time', '--retry', '--proxy', '--cacert', '--client-cert', '--insecure', '--insecure-http', '-q', '--quiet', '-v', '--verbose', '--debug', '--color', '--no-color', '--error-format', '--no-input', '-h', '--help')
            Values = @(
                @{ Names = @('--name'); Takes = @('<text>') }
                @{ Names = @('--if-exists'); Takes = @('update', 'skip', 'version', 'rename', 'fail') }
                @{ Names = @('--parallel'); Takes = @('<text>') }
                @{ Names = @('--format'); Takes = @('ndjson') }
                @{ Names = @('--portal'); Takes = @('<portal>') }
                @{ Names = @('--timeout'); Takes = @('<text>') }
                @{ Names = @('--max-time'); Takes = @('<text>') }
                @{ Names = @('--retry'); Takes = @('<text>') }
                @{ Names = @('--proxy'); Takes = @('<text>') }
                @{ Names = @('--cacert'); Takes = @('<file>') }
                @{ Names = @('--client-cert'); Takes = @('<file>') }
                @{ Names = @('--color'); Takes = @('auto', 'always', 'never') }
                @{ Names = @('--error-format'); Takes = @('text', 'json') }
            )
            Arguments = @(
                @{ Takes = @('<file>') }
            )
            Repeats = $true
        }
        'files mkdir' = @{
            Verbs = @()
            Options = @('-p', '--parents', '--dry-run', '--portal', '--timeout', '--max-time', '--retry', '--proxy', '--cacert', '--client-cert', '--insecure', '--insecure-http', '-q', '--quiet', '-v', '--verbose', '--debug', '--color', '--no-color', '--error-format', '--no-input', '-h', '--help')
            Values = @(
                @{ Names = @('--portal'); Takes = @('<portal>') }
                @{ Names = @('--timeout'); Takes = @('<text>') }
                @{ Names = @('--max-time'); Takes = @('<text>') }
                @{ Names = @('--retry'); Takes = @('<text>') }
                @{ Names = @('--proxy'); Takes = @('<text>') }
                @{ Names = @('--cacert'); Takes = @('<file>') }
                @{ Names = @('--client-cert'); Takes = @('<file>') }
                @{ Names = @('--color'); Takes = @('auto', 'always', 'never') }
                @{ Names = @('--error-format'); Takes = @('text', 'json') }
            )
            Arguments = @(
                @{ Takes = @('<remote>') }
            )
            Repeats = $false
        }
        'files mv' = @{
            Verbs = @()
            Options = @('--dry-run', '--portal', '--timeout', '--max-time', '--retry', '--proxy', '--cacert', '--client-cert', '--insecure', '--insecure-http', '-q', '--quiet', '-v', '--verbose', '--debug', '--color', '--no-color', '--error-format', '--no-input', '-h', '--help')
            Values = @(
                @{ Names = @('--portal'); Takes = @('<portal>') }
                @{ Names = @('--timeout'); Takes = @('<text>') }
                @{ Names = @('--max-time'); Takes = @('<text>') }
                @{ Names = @('--retry'); Takes = @('<text>') }
                @{ Names = @('--proxy'); Takes = @('<text>') }
                @{ Names = @('--cacert'); Takes = @('<file>') }
                @{ Names = @('--client-cert'); Takes = @('<file>') }
                @{ Names = @('--color'); Takes = @('auto', 'always', 'never') }
                @{ Names = @('--error-format'); Takes = @('text', 'json') }
            )
            Arguments = @(
                @{ Takes = @('<remote>') }
            )
            Repeats = $true
        }
        'files cp' = @{
            Verbs = @()
            Options = @('--dry-run', '--portal', '--timeout', '--max-time', '--retry', '--proxy', '--cacert', '--client-cert', '--insecure', '--insecure-http', '-q', '--quiet', '-v', '--verbose', '--debug', '--color', '--no-color', '--error-format', '--no-input', '-h', '--help')
            Values = @(
                @{ Names = @('--portal'); Takes = @('<portal>') }
                @{ Names = @('--timeout'); Takes = @('<text>') }
                @{ Names = @('--max-time'); Takes = @('<text>') }
                @{ Names = @('--retry'); Takes = @('<text>') }
                @{ Names = @('--proxy'); Takes = @('<text>') }
                @{ Names = @('--cacert'); Takes = @('<file>') }
                @{ Names = @('--client-cert'); Takes = @('<file>') }
                @{ Names = @('--color'); Takes = @('auto', 'always', 'never') }
                @{ Names = @('--error-format'); Takes = @('text', 'json') }
            )
            Arguments = @(
                @{ Takes = @('<remote>') }
            )
            Repeats = $true
        }
        'files rm' = @{
            Verbs = @()
            Options = @('-r', '--recursive', '--permanently', '-y', '--yes', '--dry-run', '--portal', '--timeout', '--max-time', '--retry', '--proxy', '--cacert', '--client-cert', '--insecure', '--insecure-http', '-q', '--quiet', '-v', '--verbose', '--debug', '--color', '--no-color', '--error-format', '--no-input', '-h', '--help')
            Values = @(
                @{ Names = @('--portal'); Takes = @('<portal>') }
                @{ Names = @('--timeout'); Takes = @('<text>') }
                @{ Names = @('--max-time'); Takes = @('<text>') }
                @{ Names = @('--retry'); Takes = @('<text>') }
                @{ Names = @('--proxy'); Takes = @('<text>') }
                @{ Names = @('--cacert'); Takes = @('<file>') }
                @{ Names = @('--client-cert'); Takes = @('<file>') }
                @{ Names = @('--color'); Takes = @('auto', 'always', 'never') }
                @{ Names = @('--error-format'); Takes = @('text', 'json') }
            )
            Arguments = @(
                @{ Takes = @('<remote>') }
            )
            Repeats = $true
        }
        'demo' = @{
            Verbs = @('serve')
            Options = @('--kind', '-q', '--quiet', '-v', '--verbose', '--debug', '--color', '--no-color', '--error-format', '--no-input', '-h', '--help')
            Values = @(
                @{ Names = @('--kind'); Takes = @('workspace', 'docspace') }
                @{ Names = @('--color'); Takes = @('auto', 'always', 'never') }
                @{ Names = @('--error-format'); Takes = @('text', 'json') }
            )
            Arguments = @()
            Repeats = $false
        }
        'demo serve' = @{
            Verbs = @()
            Options = @('--port', '--kind', '--tls-cert', '--tls-key', '--tfa', '--api-keys', '--fault', '-q', '--quiet', '-v', '--verbose', '--debug', '--color', '--no-color', '--error-format', '--no-input', '-h', '--help')
            Values = @(
                @{ Names = @('--port'); Takes = @('<text>') }
                @{ Names = @('--kind'); Takes = @('workspace', 'docspace') }
                @{ Names = @('--tls-cert'); Takes = @('<file>') }
                @{ Names = @('--tls-key'); Takes = @('<file>') }
                @{ Names = @('--tfa'); Takes = @('app', 'app-new', 'sms', 'sms-new') }
                @{ Names = @('--fault'); Takes = @('<text>') }
                @{ Names = @('--color'); Takes = @('auto', 'always', 'never') }
                @{ Names = @('--error-format'); Takes = @('text', 'json') }
            )
            Arguments = @()
            Repeats = $false
        }
        'doctor' = @{
            Verbs = @()
            Options = @('--format', '--portal', '--timeout', '--max-time', '--retry', '--proxy', '--cacert', '--client-cert', '--insecure', '--insecure-http', '-q', '--quiet', '-v', '--verbose', '--debug', '--color', '--no-color', '--error-format', '--no-input', '-h', '--help')
            Values = @(
                @{ Names = @('--format'); Takes = @('json') }
                @{ Names = @('--portal'); Takes = @('<portal>') }
                @{ Names = @('--timeout'); Takes = @('<text>') }
                @{ Names = @('--max-time'); Takes = @('<text>') }
                @{ Names = @('--retry'); Takes = @('<text>') }
                @{ Names = @('--proxy'); Takes = @('<text>') }
                @{ Names = @('--cacert'); Takes = @('<file>') }
                @{ Names = @('--client-cert'); Takes = @('<file>') }
                @{ Names = @('--color'); Takes = @('auto', 'always', 'never') }
                @{ Names = @('--error-format'); Takes = @('text', 'json') }
            )
            Arguments = @()
            Repeats = $false
        }
        'completion' = @{
            Verbs = @()
            Options = @('-q', '--quiet', '-v', '--verbose', '--debug', '--color', '--no-color', '--error-format', '--no-input', '-h', '--help')
            Values = @(
                @{ Names = @('--color'); Takes = @('auto', 'always', 'never') }
                @{ Names = @('--error-format'); Takes = @('text', 'json') }
            )
            Arguments = @(
                @{ Takes = @('bash', 'zsh', 'fish', 'powershell') }
            )
            Repeats = $false
        }
        'help' = @{
            Verbs = @()
            Options = @('-q', '--quiet', '-v', '--verbose', '--debug', '--color', '--no-color', '--error-format', '--no-input', '-h', '--help')
            Values = @(
                @{ Names = @('--color'); Takes = @('auto', 'always', 'never') }
                @{ Names = @('--error-format'); Takes = @('text', 'json') }
            )
            Arguments = @(
                @{ Takes = @('environment', 'exit-codes', 'formats', 'login', 'whoami', 'portals', 'token', 'logout', 'call', 'api', 'batch', 'files', 'demo', 'doctor', 'completion', 'help') }
            )
            Repeats = $true
        }
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
            'w POST' = 'authentication authentication/ calendar calendar/ community/ crm/ files/ group group/ mail/ mailserver/ migration/ people people/ portal/ project project/ security/ settings/'
            'w PUT' = 'calendar/ community/ crm/ feed/ files/ group/ mail/ mailserver/ people/ project/ security/ settings/'
            'w DELETE' = 'calendar/ community/ crm/ files/ group/ mail/ mailserver/ people/ portal/ project project/ settings/'
            'w GET' = 'calendar/ capabilities community/ crm/ feed/ files/ group group/ mail/ mailserver/ migration/ people people/ portal portal/ project project/ security/ settings settings/'
            'd GET' = 'accounts/ authentication backup/ capabilities clients clients/ files/ group group/ keys keys/ migration/ people people/ portal portal/ scopes security/ settings settings/ smtpsettings/ thirdparty/'
            'd POST' = 'authentication authentication/ backup/ clients files/ group group/ keys migration/ people people/ portal/ security/ settings/ smtpsettings/'
            'd DELETE' = 'backup/ clients/ files/ group/ keys/ people/ portal/ settings/ smtpsettings/'
            'd PUT' = 'clients/ files/ group/ keys/ people/ portal/ security/ settings/'
            'd PATCH' = 'clients/'
            'w POST authentication' = '||userName,password,provider,accessToken,codeOAuth sendsms||userName,password,provider,accessToken setphone||userName,password,provider,accessToken,mobilePhone {code}||userName,password,provider,accessToken,codeOAuth'
            'w POST calendar' = '||name,description,textColor,backgroundColor,timeZone,alertType,sharingOptions[],iCalUrl,isTodo calendarUrl||iCalUrl,name,textColor,backgroundColor event||name,description,startDate,endDate,repeatType,alertType,isAllDayLong,sharingOptions[] icsevent||calendarId,ics,alertType,sharingOptions[],eventUid icstodo||ics,todoUid import|| importIcs||calendarId,iCalString outsideevent||calendarGuid,eventGuid,ics utcoffset||timeZone,startDate,endDate {calendarId}/event||name,description,startDate,endDate,repeatType,alertType,isAllDayLong,sharingOptions[] {calendarId}/import||'
            'w PUT calendar' = 'caldavevent||calendarId,uid,alert,responsibles[] icsevent||eventId,calendarId,ics,alertType,sharingOptions[],fromCalDavServer,ownerId icstodo||todoId,calendarId,ics,fromCalDavServer refreshcaldavcalendar||calendarId,team[] {calendarId}||name,description,textColor,backgroundColor,timeZone,alertType,hideEvents,sharingOptions[],iCalUrl {calendarId}/view||name,textColor,backgroundColor,timeZone,alertType,hideEvents {calendarId}/{eventId}||name,description,startDate,endDate,repeatType,alertType,isAllDayLong,sharingOptions[],status'
            'w DELETE calendar' = 'caldavevent||calendarId,uid,responsibles[] caldavprojcal||calendarId,team[] events/{eventId}|| events/{eventId}/custom||date,type,fromCaldavServer,uri events/{eventId}/unsubscribe|| todos/{todoId}||fromCaldavServer {calendarId}||'
            'w GET calendar' = 'calendar/{calendarId}/{startDate}/{endDate}|| calendars/{startDate}/{endDate}|%| events/{eventId}/historybyid|| events/{eventUid}/historybyuid|| sharing|| subscriptions|%| {calendarId}|| {calendarId}/caldavurl|uri| {calendarId}/ical/{signature}|| {calendarId}/icalurl|| {calendarId}/sharing||'
            'w GET capabilities' = '||'
            'w GET community' = 'blog|%| blog/@search/{query}|%| blog/@self|%| blog/tag|%| blog/tag/{tag}|%| blog/user/{username}|%| blog/{postid}|| blog/{postid}/comment|%| bookmark|%| bookmark/@favs|%| bookmark/@search/{query}|%| bookmark/@self|%| bookmark/bytag|tag,%| bookmark/tag|%| bookmark/top/day|%| bookmark/top/month|%| bookmark/top/recent|%| bookmark/top/week|%| bookmark/top/year|%| bookmark/{id}|| bookmark/{id}/comment|%| event|%| event/@search/{query}|%| event/@self|%| event/{feedid}|| event/{feedid}/comment|%| forum|| forum/@search/{query}|%| forum/topic/recent|%| forum/topic/{topicid}|| forum/{threadid}|| wiki|category,%| wiki/file/{name}|| wiki/search/bycontent/{content}|%| wiki/search/byname/{name}|%| wiki/{name}|version| wiki/{page}/comment|%| wiki/{page}/story|%|'
            'w POST community' = 'blog||title,content,tags,subscribeComments blog/comment||parentcommentid,entityid,content blog/comment/preview||commentid,htmltext blog/{postid}/comment||content,parentId bookmark||url,title,description,tags bookmark/comment||parentcommentid,entityid,content bookmark/comment/preview||commentid,htmltext bookmark/{id}/comment||content,parentId event||title,content,type event/comment||parentcommentid,entityid,content event/comment/preview||commentid,htmltext event/{feedid}/comment||content,parentId event/{feedid}/subscribe||isSubscribe event/{feedid}/vote||variants[] forum||categoryId,categoryName,threadName,threadDescription forum/topic/{topicid}||parentPostId,subject,content forum/{threadid}||subject,content,topicType preview||title,content wiki||name,body wiki/comment||parentcommentid,entityid,content wiki/comment/preview||commentid,htmltext wiki/file|| wiki/{page}/comment||content,parentId'
            'w PUT community' = 'blog/comment/{commentid}||content blog/{postid}||title,content,tags bookmark/comment/{commentid}||content event/comment/{commentid}||content event/{feedid}||title,content,type forum/topic/{topicid}||subject,sticky,closed forum/topic/{topicid}/{postid}||subject,content wiki/comment/{commentid}||content wiki/{name}||body'
            'w DELETE community' = 'blog/comment/{commentid}|| blog/{postid}|| bookmark/@favs/{id}|| bookmark/comment/{commentid}|| bookmark/{id}|| event/comment/{commentid}|| event/{feedid}|| forum/category/{categoryid}|| forum/post/{postid}|| forum/thread/{threadid}|| forum/topic/{topicid}|| wiki/comment/{commentid}|| wiki/file/{name}|| wiki/{name}||'
            'w POST crm' = 'case||title,members[],customFieldList[],isPrivate,accessList[],isNotify case/filter/taglist||contactid,isClosed[],tags[],tagName case/{caseid}/contact||contactid contact/company||companyName,about,personList[],shareType,managerList[],customFieldList[] contact/company/quick||companyName[] contact/company/{companyid}/person||personid contact/filter/taglist||tags[],contactStage,contactType,contactListView,fromDate,toDate,tagName contact/person||firstName,lastName,jobTitle,companyId,about,shareType,managerList[],customFieldList[] contact/person/quick||data[] contact/project/{projectid}||contactid[] contact/status||title,description,color,sortOrder contact/type||title,sortOrder contact/{contactid}/addressdata||address contact/{contactid}/data||infoType,data,isPrimary,category contact/{contactid}/opportunity/{opportunityid}|| contact/{contactid}/project/{projectid}|| currency/addrates||rates[] currency/rates||fromCurrency,toCurrency,rate currency/setrates||currency,rates[] history||entityType,entityId,contactId,content,categoryId,created,fileId[],notifyUserList[] history/category||title,description,imageName,sortOrder invoice||number,issueDate,templateType,contactId,consigneeId,entityId,billingAddressID,deliveryAddressID,dueDate,language,currency,exchangeRate,purchaseOrderNumber,terms,description,invoiceLines[] invoice/converter/data||invoiceId,storageUrl,revisionId invoice/tax||name,description,rate invoiceitem||title,description,price,sku,stockQuantity,trackInventory,invoiceTax1id,invoiceTax2id invoiceline||invoiceId,invoiceItemId,invoiceTax1Id,invoiceTax2Id,sortOrder,description,quantity,price,discount opportunity||contactid,members[],title,description,responsibleid,bidType,bidValue,bidCurrencyAbbr,perPeriodValue,stageid,successProbability,actualCloseDate,expectedCloseDate,customFieldList[],isPrivate,accessList[],isNotify opportunity/filter/taglist||responsibleid,opportunityStagesid,tags[],contactid,stageType[],contactAlsoIsParticipant[],fromDate,toDate,tagName opportunity/stage||title,description,color,successProbability,stageType opportunity/{opportunityid}/contact/{contactid}|| report/check||type,timePeriod,managers[] report/generate||type,timePeriod,managers[] task||title,description,deadline,responsibleId,categoryId,contactId,entityType,entityId,isNotify,alertValue task/category||title,description,imageName,sortOrder voip/call||to,contactId voip/call/{callId}||from,to,answeredBy,status[],contactId,price[] voip/call/{callId}/answer|| voip/call/{callId}/redirect||to voip/call/{callId}/reject|| voip/numbers||number voip/numbers/link||id voip/price/{callId}|| {entityType}/customfield||label,fieldType,position,mask {entityType}/tag||tagName {entityType}/taglist||entityid[],tagName {entityType}/{entityid}/customfield/{fieldid}||fieldValue {entityType}/{entityid}/files||fileids[] {entityType}/{entityid}/files/text||title,content {entityType}/{entityid}/files/upload||file,contentType,contentDisposition,storeOriginalFileFlag {entityType}/{entityid}/tag||tagName {entityType}/{entityid}/tag/group||tagName'
            'w PUT crm' = 'case||casesids[] case/access||casesid[],isPrivate,accessList[] case/filter/access||contactid,isClosed[],tags[],isPrivate,accessList[] case/{caseid}||title,members[],customFieldList[],isPrivate,accessList[],isNotify case/{caseid}/access||isPrivate,accessList[] case/{caseid}/close|| case/{caseid}/reopen|| contact||contactids[] contact/access||contactid[],isShared,managerList[] contact/company/{companyid}||companyName,about,shareType,managerList[],customFieldList[] contact/company/{companyid}/status||contactStatusid contact/filter/access||tags[],contactStage[],contactType[],contactListView,fromDate,toDate,isPrivate,managerList[] contact/mailtohistory/settings||writeMailToHistoryAuto contact/merge||fromcontactid,tocontactid contact/person/{personid}||firstName,lastName,jobTitle,companyId,about,shareType,managerList[],customFieldList[] contact/person/{personid}/status||contactStatusid contact/status/reorder||titles[] contact/status/settings||changeContactStatusGroupAuto[] contact/status/{id}||title,description,color,sortOrder contact/status/{id}/color||color contact/tag/settings||addTagToContactGroupAuto[] contact/type/reorder||titles[] contact/type/{id}||title,sortOrder contact/{contactid}/access||isShared,managerList[] contact/{contactid}/addressdata/{id}||address contact/{contactid}/changephoto|| contact/{contactid}/changephotobyurl||photourl contact/{contactid}/data/{id}||infoType[],data,isPrimary[],category contact/{contactid}/status||contactStatusid currency/rates/{id}||fromCurrency,toCurrency,rate history/category/reorder||titles[] history/category/{id}||title,description,imageName,sortOrder history/category/{id}/icon||imageName invoice/settings/name||autogenerated,prefix,number invoice/settings/terms||terms invoice/status/{status}||invoiceids[] invoice/tax/{id}||name,description,rate invoice/{id}||issueDate,templateType,contactId,consigneeId,entityId,billingAddressID,deliveryAddressID,dueDate,language,currency,exchangeRate,purchaseOrderNumber,terms,description,invoiceLines[] invoiceitem/{id}||title,description,price,sku,stockQuantity,trackInventory,invoiceTax1id,invoiceTax2id invoiceline/{id}||invoiceId,invoiceItemId,invoiceTax1Id,invoiceTax2Id,sortOrder,description,quantity,price,discount opportunity||opportunityids[] opportunity/access||opportunityid[],isPrivate,accessList[] opportunity/filter/access||responsibleid,opportunityStagesid,tags[],contactid,stageType[],contactAlsoIsParticipant[],fromDate,toDate,isPrivate,accessList[] opportunity/stage/reorder||ids[] opportunity/stage/{id}||title,description,color,successProbability,stageType opportunity/stage/{id}/color||color opportunity/{opportunityid}||contactid,members[],title,description,responsibleid,bidType,bidValue,bidCurrencyAbbr,perPeriodValue,stageid,successProbability,actualCloseDate,expectedCloseDate,customFieldList[],isPrivate,accessList[],isNotify opportunity/{opportunityid}/access||isPrivate,accessList[] opportunity/{opportunityid}/stage/{id}||stageid settings||configured[],webFormKey[] settings/currency||currency settings/organisation/address||street,city,state,zip,country settings/organisation/base||companyName settings/organisation/logo||reset settings/webformkey/change|| task/category/reorder||titles[] task/category/{id}||title,description,imageName,sortOrder task/category/{id}/icon||imageName task/{taskid}||title,description,deadline,responsibleid,categoryid,contactid,entityType,entityid,isNotify,alertValue task/{taskid}/close|| task/{taskid}/reopen|| voip/numbers/settings||queue,pause voip/numbers/{numberId}/oper||operators[] voip/numbers/{numberId}/settings||greeting,holdUp,wait,voiceMail,workingHours,allowOutgoingCalls[],record[],alias voip/opers/{operatorId}||status[],allowOutgoingCalls[],record[],answerType[],redirectToNumber {entityType}/customfield/reorder||fieldids[] {entityType}/customfield/{id}||label,fieldType,position,mask'
            'w GET crm' = 'case/filter|contactid,isClosed,tags,%| case/{caseid}|| case/{caseid}/contact|%| contact/bycontactinfo|infoType,data,category,isPrimary,%| contact/company/{companyid}/person|%| contact/data/infoType|%| contact/data/{infoType}/category|%| contact/filter|tags,contactStage,contactType,contactListView,responsibleid,isShared,fromDate,toDate,%| contact/project/{projectid}|%| contact/status|%| contact/status/{contactStatusid}|| contact/type|%| contact/type/{contactTypeid}|| contact/{contactid}|| contact/{contactid}/access|%| contact/{contactid}/data|%| contact/{contactid}/data/{id}|| contact/{contactid}/data/{infoType}|%| contact/{contactid}/tag|%| currency/rates|%| currency/rates/{fromCurrency}/{toCurrency}|| currency/rates/{id}|| files/root|| history/category|%| history/filter|entityType,entityId,categoryId,createBy,fromDate,toDate,%| invoice/bynumber|number| invoice/bynumber/exist|number| invoice/filter|status,issueDateFrom,issueDateTo,dueDateFrom,dueDateTo,entityType,entityid,currency,%| invoice/jsondata/{invoiceid}|| invoice/sample|| invoice/settings|| invoice/tax|%| invoice/{invoiceid}|| invoice/{invoiceid}/pdf|| invoiceitem/filter|status,inventoryStock,%| invoiceitem/{invoiceitemid}|| opportunity/bycontact/{contactid}|%| opportunity/filter|responsibleid,opportunityStagesid,tags,contactid,stageType,contactAlsoIsParticipant,fromDate,toDate,%| opportunity/stage|%| opportunity/stage/{stageid}|| opportunity/{opportunityid}|| opportunity/{opportunityid}/contact|%| report/files|%| report/status|| report/terminate|| settings/currency|%| settings/currency/convert|amount,fromcurrency,tocurrency| settings/currency/summarytable|currency,%| settings/organisation/logo|id| task/category|%| task/category/{categoryid}|| task/filter|responsibleid,categoryid,isClosed,fromDate,toDate,entityType,entityid,%| task/{taskid}|| voip/call|callType,from,to,agent,client,contactID,%| voip/call/missed|%| voip/call/{callId}|| voip/numbers/available|numberType,isoCountryCode,%| voip/numbers/current|| voip/numbers/existing|%| voip/numbers/settings|| voip/numbers/unlinked|%| voip/numbers/{numberId}|| voip/numbers/{numberId}/oper|%| voip/token|| voip/uploads|%| {entityType}/customfield/definitions|%| {entityType}/invoicelist/{entityid}|%| {entityType}/tag|%| {entityType}/tag/{entityid}|%| {entityType}/{entityid}/customfield|%| {entityType}/{entityid}/files|%|'
            'w DELETE crm' = 'case/filter||contactid,isClosed[],tags[] case/{caseid}|| case/{caseid}/contact/{contactid}|| contact/company/{companyid}/person||personid contact/filter||tags[],contactStage[],contactType[],contactListView,fromDate,toDate contact/status/{contactStatusid}|| contact/type/{contactTypeid}|| contact/{contactid}|| contact/{contactid}/avatar||contactType,uploadOnly contact/{contactid}/data/{id}|| contact/{contactid}/opportunity/{opportunityid}|| contact/{contactid}/project/{projectid}|| currency/rates/{id}|| files/{fileid}|| history/category/{id}|| history/{id}|| invoice||invoiceids[] invoice/tax/{id}|| invoice/{invoiceid}|| invoiceitem||ids[] invoiceitem/{id}|| invoiceline/{id}|| opportunity/filter||responsibleid,opportunityStagesid,tags[],contactid,stageType[],contactAlsoIsParticipant[],fromDate,toDate opportunity/stage/{id}|| opportunity/{opportunityid}|| opportunity/{opportunityid}/contact/{contactid}|| report/file/{fileid}|| task/category/{categoryid}||newcategoryid task/{taskid}|| voip/numbers/{numberId}|| voip/numbers/{numberId}/oper||oper voip/uploads||audioType,fileName {entityType}/customfield/{fieldid}|| {entityType}/tag||tagName {entityType}/tag/unused|| {entityType}/{entityid}/tag||tagName {entityType}/{entityid}/tag/group||tagName'
            'w GET feed' = 'filter|product,from,to,author,onlyNew,timeReaded| newfeedscount||'
            'w PUT feed' = 'read||'
            'w GET files' = '@common|userIdOrGroupId,filterType,searchInContent,extension,withSubfolders| @favorites|userIdOrGroupId,filterType,searchInContent,extension,withSubfolders| @my|userIdOrGroupId,filterType,searchInContent,extension,withSubfolders| @projects|userIdOrGroupId,filterType,searchInContent,extension,withSubfolders| @recent|userIdOrGroupId,filterType,searchInContent,extension,withSubfolders| @root|userIdOrGroupId,filterType,searchInContent,extension,withSubfolders,withoutTrash,withoutAdditionalFolder,%| @search/{query}|%| @share|userIdOrGroupId,filterType,searchInContent,extension,withSubfolders| @templates|userIdOrGroupId,filterType,searchInContent,extension,withSubfolders| @trash|userIdOrGroupId,filterType,searchInContent,extension,withSubfolders| docservice|version| file/{fileId}|version| file/{fileId}/checkconversion|start,%| file/{fileId}/history|%| file/{fileId}/openedit|version,doc| file/{fileId}/presigneduri|| file/{fileId}/share|%| file/{fileId}/trackeditfile|tabId,docKeyForTrack,doc,isFinish| fileops|%| fileops/move|destFolderId,folderIds,fileIds,%| folder/{folderId}|| folder/{folderId}/path|%| folder/{folderId}/share|%| settings/autocleanup|| thirdparty|%| thirdparty/capabilities|%| thirdparty/common|%| {fileId}/properties|| {fileId}/sharedlink/template|isFolder| {folderId}|userIdOrGroupId,filterType,searchInContent,extension,withSubfolders|'
            'w POST files' = '@common/insert||file,title,createNewIfExist[],keepConvertStatus @common/upload||file,contentType,contentDisposition @my/file||title @my/insert||file,title,createNewIfExist[],keepConvertStatus @my/upload||file,contentType,contentDisposition favorites||folderIds[],fileIds[] file/{fileId}/copyas||destFolderId,destTitle,toForm file/{fileId}/startedit||editingAlone,doc folder/{folderId}||title folders/{folderId}||relativePaths[] sharedlink/password||key,passwordHash,isFolder templates||fileIds[] thirdparty||url,login,password,token,isCorporate,customerTitle,providerKey,providerId {fileId}/sharedlink/{linkId}/password||password,passwordHash {folderId}/file||title,templateId,enableExternalExt {folderId}/insert||file,title,createNewIfExist[],keepConvertStatus {folderId}/upload||file,contentType,contentDisposition,createNewIfExist[],storeOriginalFileFlag[],keepConvertStatus {folderId}/upload/create_session||fileName,fileSize,relativePath,encrypted'
            'w PUT files' = 'batch/properties||filesId[],createSubfolder,fileProperties displayRecent||set docservice||docServiceUrl,docServiceUrlInternal,docServiceUrlPortal file/{fileId}||title,lastVersion file/{fileId}/checkconversion|| file/{fileId}/history||version,continueVersion file/{fileId}/saveediting||fileExtension,downloadUri,stream,doc,forcesave file/{fileId}/share||share[],notify,sharingMessage,advancedSettings fileops/bulkdownload||fileConvertIds[],fileIds[],folderIds[] fileops/copy||destFolderId,folderIds[],fileIds[],conflictResolveType,deleteAfter fileops/delete||folderIds[],fileIds[],deleteAfter,immediately fileops/emptytrash|| fileops/markasread||folderIds[],fileIds[] fileops/move||destFolderId,folderIds[],fileIds[],conflictResolveType,deleteAfter fileops/terminate|| folder/{folderId}||title folder/{folderId}/share||share[],notify,sharingMessage settings/autocleanup||set,gap settings/dafaultaccessrights||value[] settings/downloadtargz||set settings/favorites||set settings/templates||set storeoriginal||set updateifexist||set {fileId}/properties||fileProperties {fileId}/sharedlink||share {fileId}/update||file,fileExtension,encrypted,forcesave'
            'w DELETE files' = 'favorites||folderIds[],fileIds[] file/{fileId}||deleteAfter,immediately folder/{folderId}||deleteAfter,immediately share||folderIds[],fileIds[] templates||fileIds[] thirdparty/{providerId}||'
            'w GET group' = '|%| search|groupName,%| user/{userid}|%| {groupid}||'
            'w POST group' = '||groupManager,groupName,members[] {groupid}/members||members[]'
            'w PUT group' = '{groupid}||groupManager,groupName,members[] {groupid}/manager||userid {groupid}/members||members[] {groupid}/members/{newgroupid}||'
            'w DELETE group' = '{groupid}|| {groupid}/members||members[]'
            'w GET mail' = 'accounts|username,%| accounts/setups|email,action| accounts/single|email| alert|%| contacts|search,contactType,pageSize,fromIndex,sortorder,%| contacts/bycontactinfo|infoType,data,isPrimary,%| conversation/{id}|loadAll,markRead,needSanitize,%| conversation/{id}/{direction}|folder,unread,attachments,period_from,period_to,important,from_address,to_address,mailbox_id,tags,search,page_size,sortorder,with_calendar,user_folder_id| conversations|folder,unread,attachments,period_from,period_to,important,from_address,to_address,mailbox_id,tags,search,page_size,sortorder,from_date,from_message,with_calendar,user_folder_id,prev_flag,%| conversations/link/crm/status|message_id| crm/linked/entities|message_id,%| display_images/addresses|%| emails/search|term,%| filters|%| filters/{id}/apply|| folders|%| helpcenter|| messages|folder,unread,attachments,period_from,period_to,important,from_address,to_address,mailbox_id,tags,search,page,with_calendar,page_size,user_folder_id,sortorder,%| messages/template|| messages/{id}|loadImages,needSanitize,markRead| messages/{id}/{direction}|folder,unread,attachments,period_from,period_to,important,from_address,to_address,mailbox_id,tags,search,page_size,sortorder,with_calendar,user_folder_id| operations|%| operations/{operationId}|| settings|| settings/alwaysDisplayImages|| settings/cacheMessagesEnabled|| settings/conversationsEnabled|| settings/goNextAfterMoveEnabled|| settings/replaceMessageBody|| signature/{mailbox_id}|| tags|%| userfolders|ids,parentId,%| userfolders/bymail|mailId|'
            'w POST mail' = 'accounts||name,email,account,password,port,server,smtp_account,smtp_password,smtp_port,smtp_server,smtp_auth,imap,restrict,incoming_encryption_type,outcoming_encryption_type,auth_type_in,auth_type_smtp accounts/oauth||code,type accounts/simple||email,password autoreply/update/{mailboxId}||turnOn,onlyContacts,turnOnToDate,fromDate,toDate,subject,html contact/add||name,description,emails[],phoneNumbers[] display_images/address||address filters||filter filters/check||filter,page[],pageSize[] messages/attachment/add||id_message,name,file,content_type messages/calendarbody/add||id_message,ical_body messages/{id}/document||fileId,version,needSaveToTemp signature/update/{mailbox_id}||html,is_active tags||name,style,addresses[] userfolders||name,parentId'
            'w PUT mail' = 'accounts||name,email,account,password,port,server,smtp_account,smtp_password,smtp_port,smtp_server,smtp_auth,restrict,incoming_encryption_type,outcoming_encryption_type,auth_type_in,auth_type_smtp accounts/default||email,isDefault accounts/emailinfolder||mailbox_id,email_in_folder accounts/oauth||code,type,mailboxId accounts/state||email,state accounts/updateuseractivity||userOnline contact/update||id,name,description,emails[],phoneNumbers[] contacts/remove||ids[] conversations/crm/link||id_message,crm_contact_ids[] conversations/crm/mark||id_message,crm_contact_ids[] conversations/crm/unmark||id_message,crm_contact_ids[] conversations/mark||ids[],status conversations/move||ids[],folder,userFolderId[] conversations/remove||ids[] conversations/restore||ids[],learnSpamTrainer conversations/tag/{tag_id}/set||messages[] conversations/tag/{tag_id}/unset||messages[] drafts/save||id,from,to[],cc[],bcc[],mimeReplyToId,importance,subject,tags[],body,attachments[],calendarIcs filters||filter messages/attachment/downloadall/{messageId}|| messages/attachment/export||id_attachment,id_folder messages/attachments/export||id_message,id_folder messages/crm/export||id_message,crm_contact_ids[] messages/mark||ids[],status messages/move||ids[],folder,userFolderId[] messages/reassign||folder,email messages/remove||ids[] messages/restore||ids[] messages/send||id,from,to[],cc[],bcc[],mimeReplyToId,importance,subject,tags[],body,attachments[],fileLinksShareMode,calendarIcs,isAutoreply,requestReceipt,requestRead messages/simpleSend||from,to[],subject,body,isReceipt settings/alwaysDisplayImages||enabled settings/cacheMessagesEnabled||enabled settings/conversationsEnabled||enabled settings/goNextAfterMoveEnabled||enabled settings/replaceMessageBody||enabled tags/{id}||name,style,addresses[] tags/{id}/set||messages[] tags/{id}/unset||messages[] templates/save||id,from,to[],cc[],bcc[],mimeReplyToId,importance,subject,tags[],body,attachments[],calendarIcs userfolders/{id}||name,parentId[]'
            'w DELETE mail' = 'accounts||email alert/{id}|| display_images/address||address filters/{id}|| folders/{folderid}/messages|| messages/{messageid}/attachments/{attachmentid}|| tags/{id}|| userfolders/{id}||'
            'w POST mailserver' = 'domains/add||name,id_dns groupaddress/add||name,domain_id,address_ids[] mailboxes/add||name,local_part,domain_id,user_id,notifyCurrent,notifyProfile mailboxes/addmy||name notification/address/add||name,password,domain_id'
            'w GET mailserver' = 'domains/common|| domains/dns/get|id| domains/exists|name| domains/get|%| domains/ownership/check|name| freedns/get|| groupaddress/get|%| mailboxes/alias/exists|local_part,domain_id| mailboxes/alias/valid|local_part,domain_id| mailboxes/get|%| server|| serverinfo/get||'
            'w DELETE mailserver' = 'domains/remove/{id}|| groupaddress/addresses/remove||mailgroup_id,address_id groupaddress/remove/{id}|| mailboxes/remove/{id}|| notification/address/remove||address'
            'w PUT mailserver' = 'groupaddress/address/add||mailgroup_id,address_id mailboxes/alias/add||mailbox_id,alias_name mailboxes/alias/remove||mailbox_id,address_id mailboxes/changepwd||mailbox_id,password mailboxes/update||mailbox_id,name'
            'w POST migration' = 'cancel|| finish||isSendWelcomeEmail init/{migratorName}||path migrate||info migratorsInfo||migratorsName[]'
            'w GET migration' = 'list|%| logs|| status|| tmp||'
            'w GET people' = '|%| @search/{query}|%| @self|| email|email| filter|employeeStatus,groupId,activationStatus,employeeType,isAdministrator,%| import/status|| reassign/progress|userId| remove/progress|userId| search|query,%| simple/filter|employeeStatus,groupId,activationStatus,employeeType,isAdministrator,%| status/{status}|%| status/{status}/search|query,%| {userid}/photo|| {username}||'
            'w POST people' = '||isVisitor,email,firstname,lastname,department[],title,location,sex,birthday,worksfrom,comment,contacts[],files,password,passwordHash,lead[] birthdays/reminder||userid,onRemind import/save||userList,importUsersAsCollaborators reassign/start||fromUserId,toUserId,deleteProfile remove/start||userId {userid}/contacts||contacts[] {userid}/photo/thumbnails||tmpFile,x,y,width,height'
            'w PUT people' = 'delete||userIds[] invite||userIds[] reassign/terminate||userId remove/terminate||userId self/delete|| status/{status}||userIds[] type/{type}||userIds[] {userid}||isVisitor,firstname,lastname,comment,department[],title,location,sex,birthday,worksfrom,contacts[],files,disable[],lead[] {userid}/contacts||contacts[] {userid}/email||email {userid}/password||password {userid}/photo||files'
            'w DELETE people' = '{userid}|| {userid}/contacts||contacts[] {userid}/photo||'
            'w GET portal' = '|| getbackuphistory|%| getbackupprogress|| getbackupschedule|| getrestoreprogress|| quota|| quota/right|| search|%| search/state|| tariff|| usedspace|| users/invite/{employeeType}|| users/{userID}|| userscount||'
            'w POST portal' = 'createbackupschedule||storageType,storageParams[],backupsStored,cronParams,backupMail search||items[] search/reindex||name startbackup||storageType,storageParams[],backupMail startrestore||backupId,storageType,storageParams[],notify'
            'w DELETE portal' = 'deletebackup/{id}|| deletebackuphistory|| deletebackupschedule||'
            'w GET project' = '|%| @follow|%| @search/{query}|%| @self|%| comment/{commentid}|| contact/{contactid}|%| filter|tag,status,participant,manager,departament,follow,%| message|%| message/filter|projectid,tag,departament,participant,createdStart,createdStop,lastId,myProjects,follow,status,%| message/{messageid}|| message/{messageid}/comment|%| message/{messageid}/files|%| message/{messageid}/subscribe|| message/{messageid}/subscribes|%| milestone|%| milestone/filter|projectid,tag,status,deadlineStart,deadlineStop,taskResponsible,lastId,myProjects,milestoneResponsible,%| milestone/late|%| milestone/upcoming|%| milestone/{id}|| milestone/{id}/task|%| milestone/{year}/{month}|%| milestone/{year}/{month}/{day}|%| report/files|%| report/status|| report/terminate|| report/{reportid}|| settings|| status|%| tag|%| tag/search|tagName,%| tag/{tag}|%| task/@self|%| task/@self/{status}|%| task/filter|projectid,myProjects,milestone,myMilestones,nomilestone,tag,status,substatus,follow,departament,participant,creator,deadlineStart,deadlineStop,lastId,%| task/{taskid}|| task/{taskid}/comment|%| task/{taskid}/files|%| task/{taskid}/notify|| task/{taskid}/subscribe|| task/{taskid}/time|%| template|%| template/{id}|| time/filter|projectid,myProjects,milestone,myMilestones,tag,departament,participant,createdStart,createdStop,lastId,status,%| time/filter/total|projectid,myProjects,milestone,myMilestones,tag,departament,participant,createdStart,createdStop,lastId,status| {entityID}/entityfiles|entityType,%| {id}|| {id}/@search/{query}|%| {id}/files|| {id}/milestone|%| {id}/milestone/{status}|%| {id}/time|%| {id}/time/total|| {projectid}/message|%| {projectid}/task|%| {projectid}/task/@self/{status}|%| {projectid}/task/{status}|%| {projectid}/team|%| {projectid}/teamExcluded|%| {status}|%|'
            'w POST project' = '||title,description,responsibleId,tags,private,participants[],notify[],tasks[],milestones[],notifyResponsibles[] comment||parentcommentid,entityid,content,type comment/preview||htmltext,commentid message/discussion/preview||htmltext message/{messageid}/comment||content,parentId message/{messageid}/files||files[] report||name,period,periodItem,hour,autoGenerated,reportType,tag,project,status[],departament,userId,reportTimeInterval,fromDate,toDate,viewType,noResponsible,isShowAverageTime,typeOfShowAverageTime,projectAverageCompletingTasks report/create||uri status||status tag||data task/{copyFrom}/copy||projectid,description,deadline,priority,title,milestoneid,responsibles[],notify,startDate,copySubtasks,copyFiles,removeOld task/{parentTaskId}/link||dependenceTaskId,linkType task/{taskid}||responsible,title task/{taskid}/comment||content,parentid task/{taskid}/files||files[] task/{taskid}/time||note,date,personId,hours,projectId task/{taskid}/{subtaskid}/copy|| team||ids[] template||title,description withSecurity||title,description,responsibleId,tags,private,participants[],notify[],tasks[],milestones[],notifyResponsibles[] {id}/milestone||title,deadline,isKey,isNotify,description,responsible,notifyResponsible {projectid}/contact||contactid {projectid}/message||title,content,participants,notify[] {projectid}/task||description,deadline,priority,title,milestoneid,responsibles[],notify,startDate {projectid}/task/{messageid}|| {projectid}/team||userId'
            'w DELETE project' = '||projectids[] comment/{commentid}|| message/{messageid}|| message/{messageid}/files||fileid milestone||ids[] milestone/{id}|| report/files/{fileid}|| report/{reportid}|| status/{id}|| task||taskids[] task/{taskid}|| task/{taskid}/files||fileid task/{taskid}/link||dependenceTaskId,parentTaskId task/{taskid}/{subtaskid}|| template/{id}|| time/times/remove||timeids[] {id}|| {projectid}/contact||contactid {projectid}/team||userId'
            'w PUT project' = 'comment/{commentid}||content message/{messageid}||projectid,title,content,participants,notify[] message/{messageid}/status||status message/{messageid}/subscribe|| milestone/{id}||title,deadline,isKey[],status,isNotify[],description,projectID,responsible,notifyResponsible milestone/{id}/status||status report/{reportid}||name,period,periodItem,hour,autoGenerated,reportType,tag,project,status[],departament,userId,reportTimeInterval,fromDate,toDate,viewType,noResponsible settings||everebodyCanCreate[],hideEntitiesInPausedProjects[],startModule[],folderId status||newStatus statuses||statuses[] task/milestone||taskids[],milestoneid task/status||taskids[],status,statusId task/{taskid}||description,deadline,startDate,priority[],title,milestoneid,responsibles[],projectID[],notify,status[],progress[] task/{taskid}/milestone||milestoneid task/{taskid}/status||status,statusId task/{taskid}/subscribe|| task/{taskid}/{subtaskid}||responsible,title task/{taskid}/{subtaskid}/move|| task/{taskid}/{subtaskid}/status||status template/{id}||title,description time/times/status||timeids[],status time/{timeid}||note,date,personId,hours {id}||title,description,responsibleId,tags,participants[],status[],private[],notify {id}/status||status {id}/tag||tags {id}/tags||tags[] {id}/withSecurityInfo||title,description,responsibleId,tags,participants[],status[],private[],notify {projectid}/follow|| {projectid}/team||participants[],notify {projectid}/team/security||userId,security,visible'
            'w GET security' = 'activeconnections|| audit/events/filter|userId,productType,moduleType,actionType,action,entryType,target,from,to,%| audit/events/last|%| audit/login/filter|userId,action,from,to,%| audit/login/last|%| audit/mappers|productType,moduleType| audit/settings/lifetime|| audit/types|| impersonate/settings|| impersonate/{userId}||'
            'w PUT security' = 'activeconnections/logout/{loginEventId}|| activeconnections/logoutall/{userId}|| activeconnections/logoutallchangepassword|| activeconnections/logoutallexceptthis|| impersonate/logout|| impersonate/settings||enable,enableType,onlyForOwnGroups,allowedAdmins[],restrictionUsers[],restrictionGroups[] loginsettings||attemptsCount,blockTime,checkPeriod'
            'w POST security' = 'audit/events/report|| audit/login/report|| audit/settings/lifetime||settings impersonate/{userId}||'
            'w GET settings' = '|| checkrecalculatequota|| checkrecalculateuserquota|| customnavigation/get/{id}|| customnavigation/getall|%| customnavigation/getsample|| iprestrictions|%| ldap|| ldap/cron|| ldap/default|| ldap/status|| ldap/sync|| ldap/sync/test|| logo|dark| quota|| recalculatequota|| recalculateuserquota|| security|ids,%| security/administrator|productid,userid| security/administrator/{productid}|%| security/password|| security/{id}|| smtp|| smtp/test|| smtp/test/status|| socket|| ssov2|| ssov2/constants|| ssov2/default|| statistics/spaceusage/{id}|%| statistics/visit|fromDate,toDate,%| storage|%| storage/backup|%| storage/cdn|%| storage/progress|| storage/s3/regions|| telegramisconnected|| tfaapp||'
            'w PUT settings' = 'closeadminhelper|| emailactivation||show iprestrictions||ips[] iprestrictions/settings||enable security||id,enabled,subjects[] security/access||items[] security/administrator||productid,userid,administrator security/password||maxLength,minLength,upperCase,digits,specSymbols storage||module,props[] storage/cdn||module,props[] tenantquotasettings|| tfaapp||type,trustedIps[],mandatoryUsers[],mandatoryGroups[] tfaappnewapp||id tfaappnewcodes|| tips||show tips/change/subscription|| userquota||userIds[],quota welcome/close||'
            'w POST settings' = 'customnavigation/create||item ldap||settings,acceptCertificate ldap/cron||cron ldap/save/test||settings,acceptCertificate push/docregisterdevice||firebaseDeviceToken push/projregisterdevice||firebaseDeviceToken smtp||smtpSettings ssov2||serializeSettings userquotasettings||'
            'w DELETE settings' = 'customnavigation/delete/{id}|| smtp|| ssov2|| storage|| storage/cdn|| telegramdisconnect||'
            'd GET accounts' = 'file/{id}/search|employeeStatus:0,activationStatus:1,excludeShared,includeShared,invitedByMe,inviterId,area:2,employeeTypes:3,count,startIndex,filterSeparator,filterValue| folder/{id}/search|employeeStatus:0,activationStatus:1,excludeShared,includeShared,invitedByMe,inviterId,area:2,employeeTypes:3,count,startIndex,filterSeparator,filterValue| room/{id}/search|employeeStatus:0,activationStatus:1,excludeShared,includeShared,invitedByMe,inviterId,area:2,employeeTypes:3,count,startIndex,filterSeparator,filterValue|'
            'd GET authentication' = '||'
            'd POST authentication' = '||userName,password,passwordHash,provider,accessToken,serializedProfile,code,codeOAuth,session,confirmData,recaptchaType:4,recaptchaResponse,culture confirm||key,emplType:3,email,encEmail,uiD,type:5,first,roomId logout|| sendsms||userName,password,passwordHash,provider,accessToken,serializedProfile,code,codeOAuth,session,confirmData,recaptchaType:4,recaptchaResponse,culture setphone||mobilePhone {code}||userName,password,passwordHash,provider,accessToken,serializedProfile,code,codeOAuth,session,confirmData,recaptchaType:4,recaptchaResponse,culture'
            'd POST backup' = 'createbackupschedule||storageType:6,storageParams[],backupsStored,cronParams,dump startbackup||storageType:6,storageParams[],dump startrestore||backupId,storageType:6,storageParams[],notify,dump'
            'd DELETE backup' = 'deletebackup/{id}|| deletebackuphistory|Dump| deletebackupschedule|Dump|'
            'd GET backup' = 'getbackuphistory|Dump| getbackupprogress|Dump| getbackupschedule|Dump| getbackupscount|from,to,paid| getrestoreprogress|Dump| getservicestate||'
            'd GET capabilities' = '||'
            'd GET clients' = '|limit,last_client_id,last_created_on| consents|limit,last_modified_on| info|limit,last_client_id,last_created_on| {clientId}|| {clientId}/info|| {clientId}/public/info||'
            'd POST clients' = '||name,description,logo,scopes[],allow_pkce,is_public,website_url,terms_url,policy_url,redirect_uris[],allowed_origins[],logout_redirect_uri'
            'd PUT clients' = '{clientId}||name,description,logo,allow_pkce,is_public,allowed_origins[]'
            'd DELETE clients' = '{clientId}|| {clientId}/revoke||'
            'd PATCH clients' = '{clientId}/activation||status {clientId}/regenerate||'
            'd GET files' = '@favorites|userIdOrGroupId,filterType:7,count,startIndex,sortBy,sortOrder:8,filterValue| @my|userIdOrGroupId,filterType:7,applyFilterOption:9,count,startIndex,sortBy,sortOrder:8,filterValue| @privacy|userIdOrGroupId,filterType:7,count,startIndex,sortBy,sortOrder:8,filterValue| @privacy/available|| @root|userIdOrGroupId,filterType:7,withoutTrash,count,startIndex,sortBy,sortOrder:8,filterValue| @trash|userIdOrGroupId,filterType:7,applyFilterOption:9,count,startIndex,sortBy,sortOrder:8,filterValue| docservice|version| favorites/{fileId}|favorite| file/fillresult|fillingSessionId| file/{fileId}|version| file/{fileId}/checkconversion|start| file/{fileId}/edit/diff|version| file/{fileId}/edit/history|| file/{fileId}/formroles|| file/{fileId}/group/{groupId}/share|count,startIndex,filterValue| file/{fileId}/history|| file/{fileId}/isformpdf|| file/{fileId}/log|fromDate,toDate,count,startIndex| file/{fileId}/openedit|version,view,editorType:11,edit,fill| file/{fileId}/presigned|| file/{fileId}/presigneduri|| file/{fileId}/protectusers|| file/{fileId}/sharedusers|| file/{fileId}/trackeditfile|tabId,docKeyForTrack,isFinish| file/{id}/link|count,startIndex| file/{id}/links|count,startIndex| file/{id}/share|count,startIndex| fileops|id| fileops/checkdestfolder|returnSingleOperation,folderIds,fileIds,destFolderId,conflictResolveType:13,deleteAfter,content,toFillOut| fileops/move|returnSingleOperation,folderIds,fileIds,destFolderId,conflictResolveType:13,deleteAfter,content,toFillOut| fileops/{operationType}|id| filesusedspace|| folder/{folderId}|| folder/{folderId}/group/{groupId}/share|count,startIndex,filterValue| folder/{folderId}/log|fromDate,toDate,count,startIndex| folder/{folderId}/path|| folder/{id}/link|count,startIndex| folder/{id}/links|| folder/{id}/share|count,startIndex| info|| recent|userIdOrGroupId,filterType:7,excludeSubject,applyFilterOption:9,searchArea:14,extension,count,startIndex,sortBy,sortOrder:8,filterValue| rooms|type:15,subjectId,searchArea:14,withoutTags,tags,excludeSubject,provider:16,subjectFilter:17,quotaFilter:18,storageFilter:19,count,startIndex,sortBy,sortOrder:8,filterValue| rooms/covers|| rooms/fromtemplate/status|| rooms/indexexport|| rooms/news|| rooms/{id}|| rooms/{id}/link|| rooms/{id}/links|type:20| rooms/{id}/news|| rooms/{id}/share|filterType:21,count,startIndex,filterValue| roomtemplate/status|| roomtemplate/{id}/public|| settings|| settings/autocleanup|| share/{key}|fileId,folderId| tags|count,startIndex,filterValue| thirdparty|| thirdparty/backup|| thirdparty/capabilities|| thirdparty/common|| thirdparty/providers|excludewebdav| {folderId}|userIdOrGroupId,sharedBy,filterType:7,roomId,excludeSubject,applyFilterOption:9,extension,searchArea:14,formsItemKey,formsItemType,count,startIndex,sortBy,sortOrder:8,filterValue,Location:23| {folderId}/formfilter|| {folderId}/news|| {folderId}/subfolders||'
            'd POST files' = '@my/file||title,templateId,enableExternalExt,formId @my/html||title,content,createNewIfExist @my/insert||Title,CreateNewIfExist,KeepConvertStatus,Stream.CanRead,Stream.CanWrite,Stream.CanSeek,Stream.CanTimeout,Stream.Length,Stream.Position,Stream.ReadTimeout,Stream.WriteTimeout @my/text||title,content,createNewIfExist @my/upload||contentType,contentDisposition,createNewIfExist,storeOriginalFileFlag,keepConvertStatus favorites||returnSingleOperation,folderIds[],fileIds[] file/referencedata||fileKey,instanceId,sourceFileId,path,link file/{fileId}/copyas||destTitle,destFolderId,enableExternalExt,password,toForm file/{fileId}/edit_session|fileSize| file/{fileId}/formrolemapping||formId,roles[] file/{fileId}/recent|| file/{fileId}/restoreversion|version,url| file/{fileId}/sendeditornotify||actionLink,emails[],message file/{fileId}/startedit||editingAlone file/{id}/link||linkId,access:12,expirationDate,title,internal,primary,denyDownload,password file/{id}/saveaspdf||folderId,title folder/{folderId}||title folder/{folderId}/log/report|| folder/{id}/link||linkId,access:12,expirationDate,title,password,denyDownload,internal,primary logos||FormCollection[] masterform/{fileId}/checkfillformdraft||version,action owner||folderIds[],fileIds[],userId rooms||title,quota,indexing,denyDownload,lifetime,watermark,logo,tags[],color,cover,roomType:15,private,share[],chatSettings rooms/fromtemplate||templateId,title,logo,copyLogo,tags[],color,cover,quota,indexing,denyDownload,lifetime,watermark,private rooms/thirdparty/{id}||createAsNewFolder,title,roomType:15,private,indexing,denyDownload,color,cover,tags[],logo rooms/{id}/cover||color,cover rooms/{id}/indexexport|| rooms/{id}/logo||tmpFile,x,y,width,height rooms/{id}/resend||usersIds[],resendAll roomtemplate||roomId,title,logo,copyLogo,share[],groups[],public,tags[],color,cover,quota share||returnSingleOperation,folderIds[],fileIds[] share/{key}/password||password tags||name templates||fileIds[] thirdparty||url,login,password,token,customerTitle,providerKey,providerId thirdparty/backup||url,login,password,token,customerTitle,providerKey thumbnails||returnSingleOperation,folderIds[],fileIds[] {folderId}/file||title,templateId,enableExternalExt,formId {folderId}/html||title,content,createNewIfExist {folderId}/insert||InsertFile.Title,InsertFile.CreateNewIfExist,InsertFile.KeepConvertStatus,InsertFile.Stream.CanRead,InsertFile.Stream.CanWrite,InsertFile.Stream.CanSeek,InsertFile.Stream.CanTimeout,InsertFile.Stream.Length,InsertFile.Stream.Position,InsertFile.Stream.ReadTimeout,InsertFile.Stream.WriteTimeout {folderId}/text||title,content,createNewIfExist {folderId}/upload||contentType,contentDisposition,createNewIfExist,storeOriginalFileFlag,keepConvertStatus {folderId}/upload/check||filesTitle[] {folderId}/upload/create_session||fileName,fileSize,relativePath,createOn,encrypted,createNewIfExist'
            'd PUT files' = 'changedeleteconfrim||set displayfileextension||set displayrecent||set docservice||docServiceUrl,docServiceUrlInternal,docServiceUrlPortal,docServiceSignatureSecret,docServiceSignatureHeader,docServiceSslVerification file/{fileId}||title,lastVersion file/{fileId}/checkconversion||fileId,sync,startConvert,version,password,outputType,createNewIfExist file/{fileId}/comment||version,comment file/{fileId}/customfilter||enabled file/{fileId}/history||version,continueVersion file/{fileId}/lock||lockFile file/{fileId}/manageformfilling||formId,action:10 file/{fileId}/saveediting||FileExtension,DownloadUri,Forcesave file/{fileId}/share||share[],notify,sharingMessage file/{fileId}/startfilling|| file/{id}/links||linkId,access:12,expirationDate,title,internal,primary,denyDownload,password fileops/bulkdownload||returnSingleOperation,folderIds[],fileIds[],fileConvertIds[] fileops/copy||returnSingleOperation,folderIds[],fileIds[],destFolderId,conflictResolveType:13,deleteAfter,content,toFillOut fileops/delete||returnSingleOperation,folderIds[],fileIds[],deleteAfter,immediately fileops/deleteversion||returnSingleOperation,deleteAfter,fileId,versions[] fileops/duplicate||returnSingleOperation,folderIds[],fileIds[] fileops/emptytrash|Single| fileops/markasread||returnSingleOperation,folderIds[],fileIds[] fileops/move||returnSingleOperation,folderIds[],fileIds[],destFolderId,conflictResolveType:13,deleteAfter,content,toFillOut fileops/terminate/{id}|| folder/{folderId}||title folder/{folderId}/order||order folder/{folderId}/share||share[],notify,sharingMessage folder/{id}/links||linkId,access:12,expirationDate,title,password,denyDownload,internal,primary forcesave|| hideconfirmcanceloperation||set hideconfirmconvert||save hideconfirmroomlifetime||set keepnewfilename||set order||items[] rooms/resetquota||roomIds[] rooms/roomquota||roomIds[],quota rooms/{id}||title,quota,indexing,denyDownload,lifetime,watermark,logo,tags[],color,cover,chatSettings rooms/{id}/archive||deleteAfter rooms/{id}/links||linkId,access:12,expirationDate,internal,title,linkType:20,password,denyDownload rooms/{id}/pin|| rooms/{id}/reorder|| rooms/{id}/share||invitations[],notify,message,culture,force rooms/{id}/tags||names[] rooms/{id}/unarchive||deleteAfter rooms/{id}/unpin|| roomtemplate/public||id,public settings/autocleanup||set,gap:22 settings/dafaultaccessrights|| settings/downloadtargz||set settings/external||set settings/externalsocialmedia||set settings/openeditorinsametab||set share||folderIds[],fileIds[],share[],notify,sharingMessage storeforcesave|| storeoriginal||set thirdparty||set updateifexist||set {fileId}/order||order'
            'd DELETE files' = 'favorites||returnSingleOperation,folderIds[],fileIds[] file/{fileId}||deleteAfter,immediately folder/{folderId}||deleteAfter,immediately recent||returnSingleOperation,folderIds[],fileIds[] rooms/indexexport|| rooms/{id}||deleteAfter rooms/{id}/logo|| rooms/{id}/tags||names[] share||returnSingleOperation,folderIds[],fileIds[] tags||names[] templates|| thirdparty/{providerId}||'
            'd GET group' = '|userId,manager,count,startIndex,sortBy,sortOrder:8,filterValue| file/{id}|excludeShared,count,startIndex,filterValue| folder/{id}|excludeShared,count,startIndex,filterValue| room/{id}|excludeShared,count,startIndex,filterValue| user/{userid}|| {id}|includeMembers|'
            'd POST group' = '||members[],groupManager,groupName {id}/members||members[]'
            'd PUT group' = '{fromId}/members/{toId}|| {id}||membersToAdd[],membersToRemove[],groupManager,groupName {id}/manager||userId {id}/members||members[]'
            'd DELETE group' = '{id}|| {id}/members||members[]'
            'd GET keys' = '|| @self|| permissions||'
            'd POST keys' = '||name,permissions[],expiresInDays'
            'd PUT keys' = '{keyId}||name,permissions[],isActive'
            'd DELETE keys' = '{keyId}||'
            'd POST migration' = 'cancel|| clear|| finish||isSendWelcomeEmail init/{migratorName}|| migrate||migratorName,operation,failedArchives[],users[],withoutEmailUsers[],existUsers[],groups[],importPersonalFiles,importSharedFiles,importSharedFolders,importCommonFiles,importProjectFiles,importGroups,successedUsers,failedUsers,files[],errors[]'
            'd GET migration' = 'list|| logs|| status||'
            'd GET people' = '|count,startIndex,filterBy,sortBy,sortOrder:8,filterSeparator,filterValue| @search/{query}|filterBy,filterValue| @self|| delete/personal/progress|| email|email,encemail,culture| file/{id}|employeeStatus:0,activationStatus:1,excludeShared,includeShared,invitedByMe,inviterId,area:2,employeeTypes:3,count,startIndex,filterSeparator,filterValue| filter|employeeStatus:0,groupId,activationStatus:1,employeeType:3,employeeTypes:3,isAdministrator,payments:25,accountLoginType:26,quotaFilter:18,withoutGroup,excludeGroup,invitedByMe,inviterId,area:2,count,startIndex,sortBy,sortOrder:8,filterSeparator,filterValue| folder/{id}|employeeStatus:0,activationStatus:1,excludeShared,includeShared,invitedByMe,inviterId,area:2,employeeTypes:3,count,startIndex,filterSeparator,filterValue| guests/{userid}/share|| reassign/necessary|UserId,Type:3| reassign/progress/{userid}|| remove/progress/{userid}|| room/{id}|employeeStatus:0,activationStatus:1,excludeShared,includeShared,invitedByMe,inviterId,area:2,employeeTypes:3,count,startIndex,filterSeparator,filterValue| search|query| simple/filter|employeeStatus:0,groupId,activationStatus:1,employeeType:3,employeeTypes:3,isAdministrator,payments:25,accountLoginType:26,quotaFilter:18,withoutGroup,excludeGroup,invitedByMe,inviterId,area:2,count,startIndex,sortBy,sortOrder:8,filterSeparator,filterValue| status/{status}|filterBy,count,startIndex,sortBy,sortOrder:8,filterSeparator,filterValue| status/{status}/search|query,filterBy,filterValue| theme|| thirdparty/providers|inviteView,settingsView,clientCallback,fromOnly| tokendiagnostics|| type/progress/{userid}|| {userid}|| {userid}/photo||'
            'd POST people' = '||password,passwordHash,email,type:3,isUser,firstName,lastName,department[],title,location,sex:24,birthday,worksfrom,comment,contacts[],files,fromInviteLink,key,cultureName,target,spam delete/personal/start|| email||userId,disable,email,isUser,firstName,lastName,department[],title,location,sex:24,birthday,worksfrom,comment,contacts[],files,spam guests/share/approve||email,recaptchaType:4,recaptchaResponse invite||invitations[],culture password||email,recaptchaType:4,recaptchaResponse reassign/start||fromUserId,toUserId,deleteProfile remove/start||userId thirdparty/signup||employeeType:3,firstName,lastName,email,passwordHash,key,culture,serializedProfile type||type:3,userId,reassignUserId {userid}/photo||formCollection[] {userid}/photo/thumbnails||tmpFile,x,y,width,height'
            'd DELETE people' = '@self|| guests||userIds[],resendAll thirdparty/unlinkaccount|provider| {userid}|| {userid}/photo||'
            'd PUT people' = 'activationstatus/{activationstatus}||userIds[],resendAll delete||userIds[],resendAll invite||userIds[],resendAll reassign/terminate||userId remove/terminate||userId resetquota||userIds[],quota self/delete|| status/{status}||userIds[],resendAll theme||theme:27 thirdparty/linkaccount||serializedProfile type/terminate||userId type/{type}||userIds[],resendAll userquota||userIds[],quota {userid}||userId,disable,email,isUser,firstName,lastName,department[],title,location,sex:24,birthday,worksfrom,comment,contacts[],files,spam {userid}/culture||cultureName {userid}/password||password,passwordHash,email,encEmail {userid}/photo||files'
            'd GET portal' = '|| path|virtualPath| payment/account|backUrl| payment/chechoutsetupurl|BackUrl| payment/currencies|| payment/customer/balance|refresh| payment/customer/operations|startDate,endDate,participantName,credit,debit,offset,limit| payment/customer/operationsreport|| payment/customerinfo|refresh| payment/prices|| payment/quota|refresh| payment/quotas|wallet| payment/servicessettings|| payment/topupsettings|| payment/walletservice|service:29| payment/walletservices|| quota|| quota/right|| tariff|refresh| usedspace|| users/invite/{employeeType}|| users/{userID}|| userscount||'
            'd PUT portal' = 'continue|| payment/calculatewallet||quantity,productQuantityType:28 payment/update||quantity payment/updatewallet||quantity,productQuantityType:28 payment/url||backUrl,quantity suspend||'
            'd POST portal' = 'delete|| payment/customer/operationsreport||startDate,endDate,participantName,credit,debit payment/deposit||amount,currency payment/request||userName,email,message payment/servicestate||service:29,enabled payment/topupsettings||settings present/mark|| sendcongratulations|Userid,Key| suspend||'
            'd DELETE portal' = 'delete|| payment/customer/operationsreport||'
            'd GET scopes' = '||'
            'd GET security' = 'activeconnections|| audit/events/filter|userId,moduleType:30,actionType:31,action:32,entryType:33,target,from,to,count,startIndex| audit/events/last|| audit/login/filter|userId,action:32,from,to,count,startIndex| audit/login/last|| audit/mappers|productType:34,moduleType:30| audit/settings/lifetime|| audit/types|| csp|| oauth2/token||'
            'd PUT security' = 'activeconnections/logout/{loginEventId}|| activeconnections/logoutall/{userId}|| activeconnections/logoutallchangepassword|| activeconnections/logoutallexceptthis||'
            'd POST security' = 'audit/events/report|| audit/login/report|| audit/settings/lifetime||settings csp||domains[]'
            'd GET settings' = '|withpassword| authservice|| banner|| colortheme|| companywhitelabel|| cookiesettings|| cultures|| deeplink|| devtoolsaccess|| enablewhitelabel|| encryption/progress|| encryption/settings|| greetingsettings|| greetingsettings/isdefault|| invitationsettings|| iprestrictions|| iprestrictions/settings|| license/refresh|| license/required|| logo|| machine|| notification/channels|| notification/rooms|| notification/{type}|| payment|| rebranding/additional|| rebranding/company|| security|ids| security/administrator|productid,userid| security/administrator/{productid}|| security/loginsettings|| security/modules|| security/password|| security/{id}|| socket|| ssov2|| ssov2/constants|| ssov2/default|| statistics/spaceusage/{id}|| storage|| storage/backup|Dump| storage/cdn|| storage/progress|| storage/s3/regions|| telegram/check|| telegram/link|| tfaapp|| tfaapp/confirm|| tfaapp/setup|| tfaappcodes|| timezones|| userquotasettings|| webhook|| webhook/triggers|| webhooks/log|deliveryFrom,deliveryTo,hookUri,configId,eventId,groupStatus:39,userId,trigger:38,count,startIndex| webplugins|enabled| webplugins/{name}|| whitelabel/logos|IsDark,IsDefault| whitelabel/logos/isdefault|IsDark,IsDefault| whitelabel/logotext|IsDark,IsDefault| whitelabel/logotext/isdefault|IsDark,IsDefault|'
            'd POST settings' = 'aiagentquotasettings||enableQuota,defaultQuota authservice||name,title,description,instruction,canSet,paid,props[] banner||hidden deeplink||deepLinkSettings devtoolsaccess||limitedAccessForUsers encryption/start||notifyUsers greetingsettings||title greetingsettings/restore|| license|| license/accept|| maildomainsettings||type:35,domains[],inviteUsersAsVisitors messagesettings||turnOn notification||type:36,isEnabled notification/rooms||roomsId,mute owner||ownerId push/docregisterdevice||firebaseDeviceToken,isSubscribed rebranding/additional||settings rebranding/company||settings roomquotasettings||enableQuota,defaultQuota sendadmmail||message,email,culture,recaptchaType:4,recaptchaResponse sendjoininvite||email,culture ssov2||serializeSettings tfaapp/validate||code webhook||name,uri,secretKey,enabled,ssl,triggers:38,targetId webplugins|system| whitelabel/logos/save|IsDark,IsDefault|logoText,logo[] whitelabel/logos/savefromfiles|IsDark,IsDefault| whitelabel/logotext/save|IsDark,IsDefault|logoText,logo[]'
            'd PUT settings' = 'closeadminhelper|| colortheme||theme,selected cookiesettings||lifeTime,enabled dns||dnsName,enable emailactivation||show,lastModified invitationsettings||allowInvitingMembers,allowInvitingGuests iprestrictions||ipRestrictions[],enable iprestrictions/settings||ipRestrictions[],enable owner||ownerId push/docsubscribe||firebaseDeviceToken,isSubscribed security||id,enabled,subjects[] security/access||items[] security/administrator||productId,userId,administrator security/loginsettings||attemptCount,blockTime,checkPeriod security/password||minLength,upperCase,digits,specSymbols storage||module,props[] storage/cdn||module,props[] tenantquotasettings||tenantId,quota tfaapp||type:37,id,trustedIps[],mandatoryUsers[],mandatoryGroups[] tfaappnewapp||type:37,id,trustedIps[],mandatoryUsers[],mandatoryGroups[] tfaappnewcodes|| tfaappwithlink||type:37,id,trustedIps[],mandatoryUsers[],mandatoryGroups[] webhook||name,uri,secretKey,enabled,ssl,triggers:38,targetId,id webhook/enable||name,uri,secretKey,enabled,ssl,triggers:38,targetId,id webhook/retry||ids[] webhook/{id}/retry|| webplugins/{name}||enabled,settings whitelabel/logos/restore|IsDark,IsDefault| whitelabel/logotext/restore|IsDark,IsDefault| wizard/complete||email,passwordHash,lng,timeZone,amiId,subscribeFromSite'
            'd DELETE settings' = 'colortheme|id| rebranding/additional|| rebranding/company|| security/loginsettings|| ssov2|| storage|| storage/cdn|| telegram/link|| webhook/{id}|| webplugins/{name}||'
            'd GET smtpsettings' = 'smtp|| smtp/test|| smtp/test/status||'
            'd POST smtpsettings' = 'smtp||host,port,senderAddress,senderDisplayName,credentialsUserName,credentialsUserPassword,enableSSL,enableAuth,useNtlm,isDefaultSettings'
            'd DELETE smtpsettings' = 'smtp||'
            'd GET thirdparty' = '{provider}||'
        }
        $script:oocliChoices = @(
            'Active Terminated Pending Default All'
            'NotActivated Activated Pending AutoGenerated'
            'All People Guests'
            'All RoomAdmin Guest DocSpaceAdmin User'
            'Default AndroidV2 iOSV2 hCaptcha'
            'EmpInvite LinkInvite PortalSuspend PortalContinue PortalRemove DnsChange PortalOwnerChange Activation EmailChange EmailActivation PasswordChange ProfileRemove PhoneActivation PhoneAuth Auth TfaActivation TfaAuth Wizard GuestShareLink'
            'Documents ThridpartyDocuments CustomCloud Local DataStore ThirdPartyConsumer'
            'None FilesOnly FoldersOnly DocumentsOnly PresentationsOnly SpreadsheetsOnly ImagesOnly ByUser ByDepartment ArchiveOnly ByExtension MediaOnly FillingFormsRooms EditingRooms CustomRooms PublicRooms Pdf PdfForm VirtualDataRooms DiagramsOnly AiRooms'
            'Ascending Descending'
            'All Files Folders'
            'Stop Resume'
            'Desktop Mobile Embedded'
            'None ReadWrite Read Restrict Varies Review Comment FillForms CustomFilter RoomManager Editing ContentCreator'
            'Skip Overwrite Duplicate'
            'Active Archive Any RecentByLinks Templates Knowledge ResultStorage AiAgents'
            'FillingFormsRoom EditingRoom CustomRoom PublicRoom VirtualDataRoom AiRoom'
            'None Box DropBox GoogleDrive kDrive OneDrive SharePoint WebDav Yandex Storage'
            'Owner Member'
            'All Default Custom'
            'None Internal ThirdParty'
            'Invitation External'
            'UserOrGroup InvitationLink ExternalLink AdditionalExternalLink PrimaryExternalLink User Group'
            'OneWeek TwoWeeks OneMonth ThirtyDays TwoMonths ThreeMonths'
            '1 2 3'
            'Female Male'
            'Paid Free'
            'SSO LDAP Standart'
            'Base Dark System'
            'Set Add Sub Renew'
            'WebSearch AITools Backup Storage'
            'None Files Folders DocumentsSettings Rooms Settings Contacts Agents'
            'None Create Update Delete Link Unlink Attach Detach Send Import Export UpdateAccess Download Upload Copy Move Reassigns Follow Unfollow Logout'
            'LoginSuccess LoginSuccessViaSocialAccount LoginFailInvalidCombination LoginFailSocialAccountNotFound LoginFailDisabledProfile LoginFail Logout LoginSuccessViaSms LoginFailViaSms LoginFailIpSecurity LoginSuccessViaApi LoginSuccessViaSocialApp LoginSuccessViaApiSms LoginFailViaApi LoginFailViaApiSms LoginSuccessViaSSO SessionStarted SessionCompleted LoginFailViaSSO LoginSuccessViaApiSocialAccount LoginFailViaApiSocialAccount LoginSuccesViaTfaApp LoginFailViaTfaApp LoginFailBruteForce LoginSuccessViaApiTfa LoginFailViaApiTfa LoginFailRecaptcha AuthLinkActivated LoginSuccessViaOAuth LoginSuccessViaPassword UserCreated GuestCreated UserCreatedViaInvite GuestCreatedViaInvite UserActivated GuestActivated UserUpdated UserUpdatedLanguage UserAddedAvatar UserDeletedAvatar UserUpdatedAvatarThumbnails UserLinkedSocialAccount UserUnlinkedSocialAccount UserSentActivationInstructions UserSentEmailChangeInstructions UserSentPasswordChangeInstructions UserSentDeleteInstructions UserUpdatedPassword UserDeleted UsersUpdatedType UsersUpdatedStatus UsersSentActivationInstructions UsersDeleted SentInviteInstructions UserImported GuestImported GroupCreated GroupUpdated GroupDeleted UserUpdatedMobileNumber UserDataReassigns UserDataRemoving UserConnectedTfaApp UserDisconnectedTfaApp UserLogoutActiveConnections UserLogoutActiveConnection UserLogoutActiveConnectionsForUser SendJoinInvite FileCreated FileRenamed FileUpdated FileCreatedVersion FileDeletedVersion FileUpdatedRevisionComment FileLocked FileUnlocked FileUpdatedAccess FileDownloaded FileDownloadedAs FileUploaded FileImported FileCopied FileCopiedWithOverwriting FileMoved FileMovedWithOverwriting FileMovedToTrash FileDeleted FolderCreated FolderRenamed FolderUpdatedAccess FolderCopied FolderCopiedWithOverwriting FolderMoved FolderMovedWithOverwriting FolderMovedToTrash FolderDeleted ThirdPartyCreated ThirdPartyUpdated ThirdPartyDeleted DocumentsThirdPartySettingsUpdated DocumentsOverwritingSettingsUpdated DocumentsUploadingFormatsSettingsUpdated UserFileUpdated FileConverted FileSendAccessLink DocumentServiceLocationSetting AuthorizationKeysSetting FullTextSearchSetting StartTransferSetting BackupStarted LicenseKeyUploaded FileChangeOwner FileRestoreVersion DocumentSendToSign DocumentSignComplete UserUpdatedEmail DocumentsStoreForcesave DocumentsForcesave StartStorageEncryption PrivacyRoomEnable PrivacyRoomDisable StartStorageDecryption FileOpenedForChange FileMarkedAsFavorite FileRemovedFromFavorite FolderDownloaded FileRemovedFromList FolderRemovedFromList FileExternalLinkAccessUpdated TrashEmptied FileRevisionDownloaded FileMarkedAsRead FileReaded FolderMarkedAsRead FolderUpdatedAccessFor FileUpdatedAccessFor DocumentsExternalShareSettingsUpdated RoomCreated RoomRenamed RoomArchived RoomUnarchived RoomDeleted RoomUpdateAccessForUser TagCreated TagsDeleted AddedRoomTags DeletedRoomTags RoomLogoCreated RoomLogoDeleted RoomInvitationLinkUpdated DocumentsKeepNewFileNameSettingsUpdated RoomRemoveUser RoomCreateUser RoomInvitationLinkCreated RoomInvitationLinkDeleted RoomExternalLinkCreated RoomExternalLinkUpdated RoomExternalLinkDeleted FileExternalLinkCreated FileExternalLinkUpdated FileExternalLinkDeleted RoomGroupAdded RoomUpdateAccessForGroup RoomGroupRemove RoomExternalLinkRevoked RoomExternalLinkRenamed FileUploadedWithOverwriting RoomCopied DocumentsDisplayFileExtensionUpdated RoomColorChanged RoomCoverChanged RoomIndexingChanged RoomDenyDownloadChanged RoomIndexExportSaved FolderIndexChanged FolderIndexReordered RoomDenyDownloadEnabled RoomDenyDownloadDisabled FileIndexChanged RoomWatermarkSet RoomWatermarkDisabled RoomIndexingEnabled RoomIndexingDisabled RoomLifeTimeSet RoomLifeTimeDisabled RoomInviteResend FileVersionRemoved FileCustomFilterEnabled FileCustomFilterDisabled FolderExternalLinkCreated FolderExternalLinkUpdated FolderExternalLinkDeleted BackupCompleted BackupFailed ScheduledBackupStarted ScheduledBackupCompleted ScheduledBackupFailed FormStartedToFill FormPartiallyFilled FormCompletelyFilled FormStopped AgentCreated AgentRenamed AgentDeleted AddedServerToAgent DeletedServerFromAgent LdapEnabled LdapDisabled LdapSync LanguageSettingsUpdated TimeZoneSettingsUpdated DnsSettingsUpdated TrustedMailDomainSettingsUpdated PasswordStrengthSettingsUpdated TwoFactorAuthenticationSettingsUpdated AdministratorMessageSettingsUpdated DefaultStartPageSettingsUpdated ProductsListUpdated AdministratorAdded AdministratorOpenedFullAccess AdministratorDeleted UsersOpenedProductAccess GroupsOpenedProductAccess ProductAccessOpened ProductAccessRestricted ProductAddedAdministrator ProductDeletedAdministrator GreetingSettingsUpdated TeamTemplateChanged ColorThemeChanged OwnerSentChangeOwnerInstructions OwnerUpdated OwnerSentPortalDeactivationInstructions OwnerSentPortalDeleteInstructions PortalDeactivated PortalDeleted LoginHistoryReportDownloaded AuditTrailReportDownloaded SSOEnabled SSODisabled PortalAccessSettingsUpdated CookieSettingsUpdated MailServiceSettingsUpdated CustomNavigationSettingsUpdated AuditSettingsUpdated TwoFactorAuthenticationDisabled TwoFactorAuthenticationEnabledBySms TwoFactorAuthenticationEnabledByTfaApp PortalRenamed QuotaPerRoomChanged QuotaPerRoomDisabled QuotaPerUserChanged QuotaPerUserDisabled QuotaPerPortalChanged QuotaPerPortalDisabled FormSubmit FormOpenedForFilling CustomQuotaPerRoomDefault CustomQuotaPerRoomChanged CustomQuotaPerRoomDisabled CustomQuotaPerUserDefault CustomQuotaPerUserChanged CustomQuotaPerUserDisabled DevToolsAccessSettingsChanged WebhookCreated WebhookUpdated WebhookDeleted ApiKeyCreated ApiKeyUpdated ApiKeyDeleted CustomerWalletToppedUp CustomerOperationPerformed CustomerOperationsReportDownloaded CustomerWalletTopUpSettingsUpdated CustomerSubscriptionUpdated BannerSettingsChanged CustomerWalletServicesSettingsUpdated QuotaPerAiAgentChanged QuotaPerAiAgentDisabled CustomQuotaPerAiAgentDefault CustomQuotaPerAiAgentChanged CustomQuotaPerAiAgentDisabled AIProviderCreated AIProviderUpdated AIProviderDeleted ServerCreated ServerUpdated ServerEnabled ServerDisabled ServerDeleted SetWebSearchSettings ResetWebSearchSettings SetVectorizationSettings ResetVectorizationSettings WebpluginUploaded WebpluginUpdated WebpluginDeleted ContactAdminMailSent RoomInviteLinkUsed UserCreatedAndAddedToRoom GuestCreatedAndAddedToRoom ContactSalesMailSent CreateClient UpdateClient RegenerateSecret DeleteClient ChangeClientActivation ChangeClientVisibility RevokeUserClient GenerateAuthorizationCodeToken GeneratePersonalAccessToken None'
            'None File Folder User Group Room Tag Agent'
            'Documents Login Settings Contacts'
            'None Custom All'
            'Badges RoomsActivity DailyFeed UsefullTips'
            'None Sms App'
            'All UserCreated UserInvited UserUpdated UserDeleted GroupCreated GroupUpdated GroupDeleted FileCreated FileUploaded FileUpdated FileTrashed FileDeleted FileRestored FileCopied FileMoved FolderCreated FolderUpdated FolderTrashed FolderDeleted FolderRestored FolderCopied FolderMoved RoomCreated RoomUpdated RoomArchived RoomDeleted RoomRestored RoomCopied'
            'None NotSent Status2xx Status3xx Status4xx Status5xx'
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
            $literal = '^' + [regex]::Escape($part) + '(/|(?=\|))'
            $wanted = if (@($entries -cmatch $literal).Count) { $literal }
                else { '^\{[^}]*\}(/|(?=\|))' }
            $entries = @($entries -cmatch $wanted -replace $wanted, '')
        }
        $entries
    }
    $given = @($arguments)
    if ("$value" -in '<api-path>', '<api-words>') {
        $templates = "$value" -ceq '<api-words>'
        $value = if ($count -eq 0) { @('POST', 'PUT', 'DELETE', 'GET', 'PATCH') }
        elseif ($count -eq 1) {
            $start = [regex]::Match($wordToComplete, '^(/?api/2\.0/|/)?').Value
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
            $path = $given[1] -replace '^/?(api/2\.0/)?', '' -replace '(\.json)?/?(\?.*)?$', ''
            & $walk $given[0] $path.Split('/') | Where-Object { $_ -like '|*' } | ForEach-Object {
                $_.Split('|')[$place].Replace('%', 'count,startIndex,sortBy,sortOrder,filterBy,filterOp,filterValue,fields').Split(',') | Where-Object { $_ }
            } | ForEach-Object {
                $name, $number = $_.Split(':')
                if ($typed -notlike '*=*') { "$name=" }
                elseif ($number -and $typed.StartsWith("$name=", [StringComparison]::Ordinal)) {
                    $script:oocliChoices[[int]$number].Split(' ') | ForEach-Object { "$name=$_" }
                }
            } | Select-Object -Unique
        }
    }
    elseif ("$value" -ceq '<remote>') { $value = @('my/', 'rooms/', 'common/', 'projects/', 'shared/', 'trash/', 'archive/') }

    # Without a result, PowerShell completes files.
    if ("$value" -ceq '<portal>') { $value = @(& oocli completion --portals 2>$null) }
    $value |
        Where-Object { $_ -and $_ -notlike '<*>' } |
        ForEach-Object { "$lead$_" } |
        Where-Object { $_.StartsWith($wordToComplete, [StringComparison]::Ordinal) } |
        ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
}
