#Requires -Version 5.1
<#
.SYNOPSIS
For a provider who works on Windows without any CI: hands in commit hashes and the times of a deployment. The envelope is described in
src/providers/pipeline/FORMAT.md; managed-provider.sh does the same, and signs an attestation besides.
.EXAMPLE
.\managed-provider.ps1 -Change CHG-7 -Environment production -Ended 2026-03-02T09:20:00Z -State success -Commit 8d0e… -Actor 'Dana Reyes' -Deployment acme-2026-03-02
Environment: INTAKE_URL, INTAKE_SECRET.
#>
param(
    [Parameter(Mandatory)] [ValidatePattern('^[A-Z][A-Z0-9_]+-[1-9][0-9]*$')] [string] $Change,
    [Parameter(Mandatory)] [string] $Environment,
    [Parameter(Mandatory)] [ValidatePattern('^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$')] [string] $Ended,
    [Parameter(Mandatory)] [string] $State,
    [Parameter(Mandatory)] [ValidatePattern('^([0-9a-f]{40}|[0-9a-f]{64})$')] [string[]] $Commit,
    [Parameter(Mandatory)] [string] $Actor,
    [Parameter(Mandatory)] [ValidatePattern('^[A-Za-z0-9._:-]{1,150}$')] [string] $Deployment
)
$ErrorActionPreference = 'Stop'
[Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12
$utf8 = New-Object Text.UTF8Encoding $false

# Signs a body and sends it until it is stored: the same body under the same key is the same fact.
function Send-Envelope([hashtable] $Envelope) {
    $body = $utf8.GetBytes((ConvertTo-Json -InputObject $Envelope -Depth 6 -Compress))
    foreach ($try in 1..6) {
        $time = [string] [DateTimeOffset]::UtcNow.ToUnixTimeSeconds()
        $nonce = [guid]::NewGuid().ToString('N')
        $hmac = New-Object Security.Cryptography.HMACSHA256 (, $utf8.GetBytes($env:INTAKE_SECRET))
        $digest = $hmac.ComputeHash($utf8.GetBytes("$time.$nonce.") + $body)
        $headers = @{
            'X-Change-Timestamp' = $time
            'X-Change-Nonce'     = $nonce
            'X-Change-Signature' = 'sha256=' + [BitConverter]::ToString($digest).Replace('-', '').ToLowerInvariant()
        }
        try {
            $null = Invoke-WebRequest -UseBasicParsing -Uri $env:INTAKE_URL -Method Post -Headers $headers -Body $body -ContentType 'application/json' -TimeoutSec 60
            return
        } catch {
            $status = 0
            if ($_.Exception.Response) { $status = [int] $_.Exception.Response.StatusCode }
            if ($status -ne 0 -and $status -ne 408 -and $status -ne 429 -and $status -lt 500) { throw "refused: HTTP $status" }
            if ($try -eq 6) { throw "not stored: HTTP $status" }
            Start-Sleep -Seconds (2 * $try)
        }
    }
}

Send-Envelope @{ kind = 'commit'; change = $Change; commits = @($Commit); idempotencyKey = "$Deployment.commits" }
Send-Envelope @{
    kind = 'deployment-status'; change = $Change; environment = $Environment; commits = @($Commit); state = $State
    actor = @{ name = $Actor }; claimedAt = $Ended; idempotencyKey = "$Deployment.deployment"
}
Write-Output "stored: commits and deployment of $Change"
