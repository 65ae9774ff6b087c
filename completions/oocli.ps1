# Completion of oocli for PowerShell 5.1 and newer, made from oocli itself.
#
# For this session:  oocli completion powershell | Out-String | Invoke-Expression
# For good:          add that line to the file named by $PROFILE

Register-ArgumentCompleter -Native -CommandName oocli -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    # Of each command: its verbs, its options, what each option takes, and its arguments.
    # A value is <text>, <file>, <at-file>, <portal>, or the words to choose from.
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
                @{ Names = @('-p', '--param'); Takes = @('<text>') }
                @{ Names = @('-f', '--raw-field'); Takes = @('<text>') }
                @{ Names = @('-F', '--field'); Takes = @('<at-file>') }
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
                @{ Takes = @('<text>') }
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
                @{ Takes = @('<text>') }
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
                @{ Takes = @('<text>') }
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
                @{ Takes = @('<text>') }
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
                @{ Takes = @('<text>') }
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
                @{ Takes = @('<text>') }
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
                @{ Takes = @('<text>') }
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
                @{ Takes = @('<text>') }
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
                @{ Takes = @('<text>') }
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
