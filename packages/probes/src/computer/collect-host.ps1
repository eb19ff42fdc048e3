<#
.SYNOPSIS
What a Windows computer says about itself, for art32. Windows PowerShell 5.1 or newer, no Node.

.DESCRIPTION
NEVER RUN ON A REAL WINDOWS. Written from the documentation of the commands that it calls; the tests of art32 look at the
text of this file only.

It only reads. It sends counts and settings: no name of a person, of an account or of the computer.
Run as administrator (or by Task Scheduler as SYSTEM), it sees all. Without, BitLocker is not evaluated.

  $env:ART32_TOKEN = 'art32_...'; .\collect-host.ps1 -Push -Server https://art32.example -Tenant example

Every day by Task Scheduler, as administrator, with the token in a file that only SYSTEM and administrators may read:

  icacls C:\ProgramData\art32\token /inheritance:r /grant SYSTEM:R Administrators:F
  $action = New-ScheduledTaskAction -Execute powershell.exe -Argument '-NoProfile -ExecutionPolicy Bypass -File C:\ProgramData\art32\collect-host.ps1 -Push -TokenFile C:\ProgramData\art32\token'
  $trigger = New-ScheduledTaskTrigger -Daily -At 11:00 -RandomDelay 04:00:00
  $settings = New-ScheduledTaskSettingsSet -StartWhenAvailable
  Register-ScheduledTask -TaskName art32-collect -Action $action -Trigger $trigger -Settings $settings -User SYSTEM

.PARAMETER Push
Send the facts instead of printing them.
.PARAMETER Server
The art32 to send to; a file that was downloaded from art32 knows it, and the tenant.
.PARAMETER TokenFile
Read the token from a file instead of ART32_TOKEN.
.PARAMETER Label
What stands on the sticker of the computer, as NB-017; never the name of a person.
.PARAMETER Id
Print the id of this computer and end.
#>
[CmdletBinding()]
param(
  [switch]$Push,
  [string]$Server = '@SERVER@',
  [string]$Tenant = '@TENANT@',
  [string]$TokenFile = '',
  [string]$Label = '',
  [string]$Output = '',
  [switch]$Id
)
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
$version = 1

function Get-Sha([string]$text) {
  $sha = [System.Security.Cryptography.SHA256]::Create()
  try { $bytes = $sha.ComputeHash([System.Text.Encoding]::UTF8.GetBytes($text)) } finally { $sha.Dispose() }
  return ([System.BitConverter]::ToString($bytes) -replace '-', '').ToLowerInvariant()
}

function Get-ComputerId {
  $machine = (Get-ItemProperty -Path 'HKLM:\SOFTWARE\Microsoft\Cryptography' -Name MachineGuid).MachineGuid
  return (Get-Sha ('art32 computer ' + $machine.Trim().ToLowerInvariant())).Substring(0, 32)
}

# Printable ASCII, at most 300 characters.
function Get-Text([string]$text) {
  $clean = $text -replace '[^\x20-\x7e]', ''
  return $clean.Substring(0, [Math]::Min(300, $clean.Length))
}

function Get-Time([datetime]$time) {
  return $time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", [System.Globalization.CultureInfo]::InvariantCulture)
}

function New-Seen($facts) { return [ordered]@{ read = 'ok'; complete = $true; facts = $facts } }

function New-Unseen([string]$why, [string]$detail, [string]$needs = '') {
  $unseen = [ordered]@{ read = 'no'; why = $why; detail = (Get-Text $detail) }
  if ($needs -ne '') { $unseen.needs = $needs }
  return $unseen
}

# The value of a registry key, or $null where it is not set.
function Get-Setting([string]$path, [string]$name) {
  $key = Get-ItemProperty -Path $path -ErrorAction SilentlyContinue
  if ($null -eq $key -or $null -eq $key.PSObject.Properties[$name]) { return $null }
  return $key.$name
}

# https://endoflife.date/windows names versions by release and channel: W for Home and Pro, E for Enterprise and Education.
function Read-System {
  $current = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion'
  $build = [int](Get-Setting $current 'CurrentBuildNumber')
  $name = [string](Get-CimInstance -ClassName Win32_OperatingSystem).Caption
  if ($name -match 'Server (\d{4}( R2)?)') {
    return New-Seen ([ordered]@{ product = 'windows-server'; version = ($Matches[1] -replace ' ', '-'); name = (Get-Text $name) })
  }
  $release = ([string](Get-Setting $current 'DisplayVersion')).ToLowerInvariant()
  $main = if ($build -ge 22000) { '11' } else { '10' }
  $channel = if ((Get-Setting $current 'EditionID') -match 'Enterprise|Education') { 'e' } else { 'w' }
  return New-Seen ([ordered]@{ product = 'windows'; version = "$main-$release-$channel"; name = (Get-Text "$name $release ($build)") })
}

# Encrypted is what is encrypted whole; a volume whose protection is suspended has its key beside the data.
# https://learn.microsoft.com/powershell/module/bitlocker/get-bitlockervolume
function Read-Volumes {
  $fixed = @(Get-Volume | Where-Object { $_.DriveType -eq 'Fixed' -and $_.DriveLetter } | ForEach-Object { "$($_.DriveLetter):" })
  $volumes = @(Get-BitLockerVolume | Where-Object { $fixed -contains $_.MountPoint })
  $facts = @($volumes | ForEach-Object {
      [ordered]@{
        mount = [string]$_.MountPoint
        device = [string]$_.VolumeType
        encrypted = ($_.VolumeStatus -eq 'FullyEncrypted' -and $_.EncryptionPercentage -eq 100)
        isSuspended = ($_.ProtectionStatus -ne 'On')
      }
    })
  if ($facts.Count -eq 0) { return New-Unseen 'incomplete' 'BitLocker names no fixed volume' }
  return New-Seen $facts
}

# Not configured means the default of Windows, which is to block.
# https://learn.microsoft.com/powershell/module/netsecurity/get-netfirewallprofile
function Read-Firewall {
  $open = @(Get-NetFirewallProfile -PolicyStore ActiveStore | Where-Object { [string]$_.Enabled -ne 'True' -or [string]$_.DefaultInboundAction -eq 'Allow' })
  return New-Seen ([ordered]@{ source = 'windows'; defaultDeny = ($open.Count -eq 0) })
}

# https://learn.microsoft.com/windows/win32/api/wuapi/nf-wuapi-iupdatesearcher-search
function Read-Updates {
  $session = New-Object -ComObject Microsoft.Update.Session
  $searcher = $session.CreateUpdateSearcher()
  # What Windows Update last found; a search on the network would take minutes.
  $searcher.Online = $false
  $found = @($searcher.Search('IsInstalled=0 and IsHidden=0').Updates)
  $security = @($found | Where-Object { $_.MsrcSeverity -or @($_.Categories | Where-Object { $_.CategoryID -eq '0fa1201d-4330-4fa8-8ae9-b877473b6441' }).Count -gt 0 })
  $looked = (New-Object -ComObject Microsoft.Update.AutoUpdate).Results.LastSearchSuccessDate
  $stamp = $null
  # It is a time in UTC without saying so.
  if ($looked) { $stamp = Get-Time ([datetime]::SpecifyKind([datetime]$looked, [System.DateTimeKind]::Utc)) }
  return New-Seen ([ordered]@{
      security = @($security | ForEach-Object { Get-Text ([string]$_.Title) })
      others = ($found.Count - $security.Count)
      rebootRequired = [bool](New-Object -ComObject Microsoft.Update.SystemInfo).RebootRequired
      listsAt = $stamp
    })
}

# The first number behind a colon is the leap indicator in each language; 3 means: not synchronised.
function Read-Time {
  $said = & w32tm.exe /query /status 2>$null
  if ($LASTEXITCODE -ne 0) { return New-Unseen 'not-configured' 'the Windows Time service does not run' }
  foreach ($line in @($said)) {
    if ($line -match ':\s*([0-3])\(') { return New-Seen ([ordered]@{ synchronised = ($Matches[1] -ne '3') }) }
  }
  return New-Unseen 'contract' 'w32tm does not say the leap indicator'
}

# Groups and accounts by their well-known ids, since their names are translated. Only counts leave the computer.
function Read-Accounts {
  $administrators = @(Get-LocalGroupMember -SID 'S-1-5-32-544')
  # The built-in one counts only while it is enabled.
  $disabled = @(Get-LocalUser | Where-Object { -not $_.Enabled } | ForEach-Object { $_.SID.Value })
  $active = @($administrators | Where-Object { $disabled -notcontains $_.SID.Value })
  $open = @(Get-LocalUser | Where-Object { $_.Enabled -and -not $_.PasswordRequired })
  $login = Get-Setting 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon' 'AutoAdminLogon'
  return New-Seen ([ordered]@{
      rootEquivalent = @()
      administrators = $active.Count
      emptyPasswords = $open.Count
      automaticLogin = ([string]$login -eq '1')
    })
}

# The limit of the machine, which no user can change.
# https://learn.microsoft.com/windows/security/threat-protection/security-policy-settings/interactive-logon-machine-inactivity-limit
function Read-ScreenLock {
  $seconds = Get-Setting 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System' 'InactivityTimeoutSecs'
  if ($null -eq $seconds) { $seconds = 0 }
  return New-Seen @([ordered]@{ desktop = 'windows'; idleSeconds = [int]$seconds; locks = ([int]$seconds -gt 0); delaySeconds = 0; isEnforced = $true })
}

# https://learn.microsoft.com/powershell/module/defender/get-mpcomputerstatus
function Read-Antivirus {
  $status = Get-MpComputerStatus
  if ($status.AMRunningMode -in @('Normal', 'EDR Block Mode') -or $status.RealTimeProtectionEnabled) {
    return New-Seen ([ordered]@{
        isAlive = [bool]($status.AMServiceEnabled -and $status.RealTimeProtectionEnabled)
        signaturesAt = Get-Time $status.AntivirusSignatureLastUpdated
        finds = $null
      })
  }
  # Another product has taken over. The state is undocumented by Microsoft: 0x1000 is on, 0x10 is out of date.
  $products = @(Get-CimInstance -Namespace root/SecurityCenter2 -ClassName AntiVirusProduct)
  $on = @($products | Where-Object { ($_.productState -band 0x1000) -ne 0 })
  $fresh = @($on | Where-Object { ($_.productState -band 0x10) -eq 0 })
  return New-Seen ([ordered]@{ isAlive = ($on.Count -gt 0); signaturesAt = $null; isFresh = ($fresh.Count -gt 0); finds = $null })
}

function Read-All([string]$computer) {
  $isAdministrator = ([Security.Principal.WindowsPrincipal][Security.Principal.WindowsIdentity]::GetCurrent()).IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)
  $looks = [ordered]@{
    system = ${function:Read-System}; volumes = ${function:Read-Volumes}; firewall = ${function:Read-Firewall}
    updates = ${function:Read-Updates}; time = ${function:Read-Time}; accounts = ${function:Read-Accounts}
    screenLock = ${function:Read-ScreenLock}; antivirus = ${function:Read-Antivirus}
  }
  $groups = [ordered]@{}
  foreach ($name in $looks.Keys) {
    # The text of an error may quote a name; only its kind is told.
    try { $groups[$name] = & $looks[$name] }
    catch {
      $kind = $_.Exception.GetType().Name
      if ($isAdministrator) { $groups[$name] = New-Unseen 'contract' "Windows does not say it ($kind)" }
      else { $groups[$name] = New-Unseen 'denied' "Windows does not say it ($kind)" 'administrator' }
    }
  }
  $facts = [ordered]@{ format = 'art32.host/1'; computer = $computer }
  if ($Label -ne '') { $facts.label = $Label }
  $facts.at = Get-Time (Get-Date)
  $facts.collector = "collect-host.ps1 $version"
  $facts.groups = $groups
  return ConvertTo-Json -InputObject $facts -Depth 8 -Compress
}

function Send-Facts([string]$json) {
  $address = if ($Server.StartsWith('@')) { '' } else { $Server.TrimEnd('/') }
  $isLocal = $address -match '^http://(localhost|127\.0\.0\.1)(:\d+)?$'
  if (-not $isLocal -and $address -notmatch '^https://') { throw 'Name the server by https: -Server https://art32.example. Over plain HTTP the token could be read.' }
  if ($Tenant -notmatch '^[a-z0-9-]+$') { throw 'Name the tenant by its short name: -Tenant example' }
  $token = if ($TokenFile -ne '') { (Get-Content -Raw -Path $TokenFile).Trim() } else { [string]$env:ART32_TOKEN }
  if ($token -notmatch '^art32_[0-9A-Za-z]{38}$') { throw 'There is no token: set ART32_TOKEN, or name a file by -TokenFile. One begins with art32_ and has 44 characters.' }
  # Windows PowerShell 5.1 would begin with TLS 1.0.
  [Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12
  $request = @{
    Method = 'Post'
    Uri = "$address/api/tenants/$Tenant/computer/push"
    Headers = @{ Authorization = "Bearer $token" }
    ContentType = 'application/json'
    Body = [System.Text.Encoding]::UTF8.GetBytes($json)
    TimeoutSec = 60
    UseBasicParsing = $true
    MaximumRedirection = 0
  }
  Invoke-RestMethod @request | Out-Null
  Write-Output 'collect-host.ps1: sent'
}

$computer = Get-ComputerId
if ($Id) { Write-Output $computer; exit 0 }
$json = Read-All $computer
if ($Push) {
  try { Send-Facts $json } catch { Write-Error -ErrorAction Continue "collect-host.ps1: $($_.Exception.Message)"; exit 1 }
}
elseif ($Output -ne '') { [System.IO.File]::WriteAllText($Output, $json) }
else { Write-Output $json }
