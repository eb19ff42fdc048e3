import type { Text } from './text.ts'

/** A check by id, with the state that a pass means. */
export type CheckName = { readonly id: CheckId; readonly title: Text }

const vocabulary = {
  'entra.mfa-registered': {
    en: 'Every enabled account has a second factor registered',
    de: 'Jedes aktive Konto hat einen zweiten Faktor hinterlegt',
  },
  'entra.mfa-enforced': {
    en: 'The directory requires a second factor',
    de: 'Das Verzeichnis verlangt einen zweiten Faktor',
  },
  'entra.mfa-admin-phishing-resistant': {
    en: 'Administrators sign in with phishing-resistant factors',
    de: 'Administratoren melden sich mit Phishing-festen Faktoren an',
  },
  'entra.legacy-auth-blocked': {
    en: 'Legacy sign-in protocols are blocked',
    de: 'Veraltete Anmeldeprotokolle sind gesperrt',
  },
  'entra.admin-count': {
    en: 'Two to four global administrators exist',
    de: 'Es gibt zwei bis vier globale Administratoren',
  },
  'entra.stale-accounts': { en: 'No enabled account lies unused', de: 'Kein aktives Konto liegt brach' },
  'entra.no-shared-accounts': {
    en: 'Every account belongs to exactly one person',
    de: 'Jedes Konto gehört genau einer Person',
  },
  'entra.offboarding-sla': {
    en: 'Leavers are disabled within the agreed time',
    de: 'Ausgeschiedene werden fristgerecht gesperrt',
  },
  'entra.access-review-annual': {
    en: 'Access was reviewed within the year',
    de: 'Zugriffe wurden binnen Jahresfrist überprüft',
  },
  'entra.guest-access': {
    en: 'Guests are limited and invitations restricted',
    de: 'Gäste sind eingeschränkt, Einladungen begrenzt',
  },
  'entra.app-secrets-expiring': {
    en: 'App credentials expire and are not overdue',
    de: 'App-Zugangsdaten laufen ab und sind nicht überfällig',
  },
  'entra.user-consent-restricted': {
    en: 'Users cannot consent to arbitrary apps',
    de: 'Benutzer können nicht beliebigen Apps zustimmen',
  },
  'entra.password-policy': {
    en: 'Weak passwords are banned, guessing locks the account',
    de: 'Schwache Passwörter sind gesperrt, Raten sperrt das Konto',
  },
  'azure.mga.publisher-access': {
    en: "The publisher has no standing access to customers' resources",
    de: 'Der Herausgeber hat keinen Dauerzugriff auf Kundenressourcen',
  },
  'azure.mga.tenant-isolation': {
    en: 'Each customer has its own resource group and storage',
    de: 'Jeder Kunde hat eigene Ressourcengruppe und eigenen Speicher',
  },
  'azure.kv.recoverable': {
    en: 'Key vaults have soft delete and purge protection',
    de: 'Schlüsseltresore haben Papierkorb und Löschschutz',
  },
  'azure.kv.rbac': { en: 'Key vaults are governed by roles', de: 'Schlüsseltresore werden über Rollen gesteuert' },
  'azure.kv.network': {
    en: 'Key vaults are not open to the internet',
    de: 'Schlüsseltresore sind nicht aus dem Internet offen',
  },
  'azure.kv.expiry': {
    en: 'Keys and secrets carry an expiry date that has not passed',
    de: 'Schlüssel und Geheimnisse haben ein nicht überschrittenes Ablaufdatum',
  },
  'azure.kv.logging': { en: 'Key vault access is logged', de: 'Zugriffe auf Schlüsseltresore werden protokolliert' },
  'azure.min-tls': {
    en: 'Cloud resources demand TLS 1.2 or later',
    de: 'Cloud-Ressourcen verlangen mindestens TLS 1.2',
  },
  'azure.storage.private': { en: 'Storage allows no anonymous access', de: 'Speicher erlaubt keinen anonymen Zugriff' },
  'azure.pg.tls': { en: 'The managed database demands TLS', de: 'Die verwaltete Datenbank verlangt TLS' },
  'azure.backup.protected': {
    en: 'Declared workloads are under backup',
    de: 'Gemeldete Systeme sind in der Datensicherung',
  },
  'azure.backup.last-job': {
    en: 'The last cloud backup is recent and succeeded',
    de: 'Die letzte Cloud-Sicherung ist aktuell und erfolgreich',
  },
  'azure.locks': {
    en: 'Production resources are locked against deletion',
    de: 'Produktive Ressourcen sind gegen Löschen gesperrt',
  },
  'azure.rbac-owners': { en: 'Few owners hold a subscription', de: 'Wenige Besitzer je Abonnement' },
  'azure.region-eu': { en: 'Cloud resources lie in EU regions', de: 'Cloud-Ressourcen liegen in EU-Regionen' },
  'azure.service-health-alert': {
    en: 'Platform incidents raise an alert',
    de: 'Plattformstörungen lösen eine Meldung aus',
  },
  'azure.defender-secure-score': {
    en: 'The cloud security score does not drop',
    de: 'Der Sicherheitswert der Cloud fällt nicht',
  },
  'bb.pr.merged-approved': {
    en: 'Merged pull requests had an approval by someone else',
    de: 'Übernommene Pull Requests waren von anderen freigegeben',
  },
  'bb.pr.no-direct-push': {
    en: 'No commit reaches the main branch without a pull request',
    de: 'Kein Commit erreicht den Hauptzweig ohne Pull Request',
  },
  'bb.branch-restrictions': { en: 'The production branch is protected', de: 'Der Produktionszweig ist geschützt' },
  'bb.default-reviewers': { en: 'Reviewers are assigned by default', de: 'Prüfer sind voreingestellt' },
  'bb.permissions': {
    en: 'Repository permissions follow roles, few are administrators',
    de: 'Repository-Rechte folgen Rollen, wenige sind Administratoren',
  },
  'bb.repo-private': { en: 'Repositories are private', de: 'Repositorys sind privat' },
  'bb.pipeline-on-main': {
    en: 'Deployments come from a passed pipeline',
    de: 'Auslieferungen stammen aus einer bestandenen Pipeline',
  },
  'bb.pipeline-scans': { en: 'Security scans run in the pipeline', de: 'Sicherheitsprüfungen laufen in der Pipeline' },
  'bb.environments': {
    en: 'Test, staging and production are separate deployment environments',
    de: 'Test, Staging und Produktion sind getrennte Zielumgebungen',
  },
  'bb.release-tags': {
    en: 'Every deployment belongs to a tagged release',
    de: 'Jede Auslieferung gehört zu einer markierten Version',
  },
  'atlassian.org-users': {
    en: 'The organisation has no inactive or unmanaged users',
    de: 'Die Organisation hat keine inaktiven oder unverwalteten Benutzer',
  },
  'gh.org-2fa': {
    en: 'The organisation requires two-factor authentication',
    de: 'Die Organisation verlangt einen zweiten Faktor',
  },
  'gh.branch-rules': {
    en: 'The production branch is protected by rules',
    de: 'Der Produktionszweig ist durch Regeln geschützt',
  },
  'gh.pr.merged-approved': {
    en: 'Merged changes had an approval by someone else',
    de: 'Übernommene Änderungen waren von anderen freigegeben',
  },
  'gh.pr.no-direct-push': {
    en: 'Nobody pushes to the main branch directly',
    de: 'Niemand schreibt direkt in den Hauptzweig',
  },
  'gh.dependabot-open': {
    en: 'Dependency alerts are closed in time',
    de: 'Meldungen zu Abhängigkeiten werden fristgerecht geschlossen',
  },
  'gh.secret-scanning': {
    en: 'Secret scanning is on and has no open alert',
    de: 'Geheimnis-Suche ist aktiv und ohne offene Meldung',
  },
  'gh.code-scanning': { en: 'Code scanning ran recently', de: 'Die Codeanalyse lief kürzlich' },
  'gh.default-permission': {
    en: 'Members have no write access by default',
    de: 'Mitglieder haben standardmäßig keine Schreibrechte',
  },
  'gl.mr.merged-approved': {
    en: 'Merged requests had an approval by someone else',
    de: 'Übernommene Merge Requests waren von anderen freigegeben',
  },
  'gl.mr.no-direct-push': {
    en: 'No commit reaches the main branch without a merge request',
    de: 'Kein Commit erreicht den Hauptzweig ohne Merge Request',
  },
  'gl.protected-branch': {
    en: 'The production branch is protected against pushes',
    de: 'Der Produktionszweig ist gegen direktes Schreiben geschützt',
  },
  'gl.approval-rules': {
    en: 'A rule asks for approvals by others before a merge',
    de: 'Eine Regel verlangt vor der Übernahme Freigaben durch andere',
  },
  'gl.pipeline-on-main': {
    en: 'Deployments come from a pipeline that passed',
    de: 'Auslieferungen stammen aus einer Pipeline, die bestanden hat',
  },
  'gl.pipeline-scans': {
    en: 'Jobs of the pipeline scan for weaknesses',
    de: 'Jobs der Pipeline suchen nach Schwachstellen',
  },
  'gl.release-tags': {
    en: 'Whatever is deployed is a tagged release',
    de: 'Was ausgeliefert wird, ist eine markierte Version',
  },
  'gl.permissions': {
    en: 'Project permissions follow groups, few are owners or maintainers',
    de: 'Projektrechte folgen Gruppen, wenige sind Owner oder Maintainer',
  },
  'gl.project-private': { en: 'Projects are private', de: 'Projekte sind privat' },
  'forge.environments-separate': {
    en: 'The app has separate development, staging and production environments',
    de: 'Die App hat getrennte Umgebungen für Entwicklung, Staging und Produktion',
  },
  'forge.installations': {
    en: 'Customers run the production environment',
    de: 'Kunden nutzen die Produktionsumgebung',
  },
  'forge.scopes-minimal': {
    en: 'The app asks only for the approved permissions',
    de: 'Die App verlangt nur die freigegebenen Berechtigungen',
  },
  'forge.egress': {
    en: 'The app sends data only to declared addresses',
    de: 'Die App sendet Daten nur an gemeldete Adressen',
  },
  'forge.storage-locations': {
    en: 'App data lie only in the declared places',
    de: 'App-Daten liegen nur an den gemeldeten Orten',
  },
  'forge.runtime-supported': {
    en: 'The app runs on a supported runtime',
    de: 'Die App läuft auf einer unterstützten Laufzeit',
  },
  'forge.manifest-drift': {
    en: 'The deployed app equals the reviewed one',
    de: 'Die ausgelieferte App entspricht der geprüften',
  },
  'forge.csp': { en: 'The app loads no unsafe scripts', de: 'Die App lädt keine unsicheren Skripte' },
  'status.platforms': {
    en: 'Incidents of the platforms used were seen and acknowledged',
    de: 'Störungen genutzter Plattformen wurden gesehen und quittiert',
  },
  'bw.members-2fa': {
    en: 'Every member of the password manager uses a second factor',
    de: 'Jedes Mitglied des Passwort-Managers nutzt einen zweiten Faktor',
  },
  'bw.policy-required': {
    en: 'The password manager enforces the declared rules',
    de: 'Der Passwort-Manager erzwingt die gemeldeten Regeln',
  },
  'bw.coverage': {
    en: 'All staff and no leavers have a seat in the password manager',
    de: 'Alle Beschäftigten und keine Ausgeschiedenen haben einen Platz im Passwort-Manager',
  },
  'bw.owners': {
    en: 'Two or three owners hold the password manager',
    de: 'Zwei bis drei Besitzer verwalten den Passwort-Manager',
  },
  'bw.events-flow': { en: 'The password manager records events', de: 'Der Passwort-Manager zeichnet Ereignisse auf' },
  'secrets.in-repo': { en: 'No secret lies in a repository', de: 'In keinem Repository liegt ein Geheimnis' },
  'hz.location-eu': { en: 'Servers and volumes stand in the EU', de: 'Server und Volumes stehen in der EU' },
  'hz.firewall-attached': {
    en: 'Every public server is behind a firewall',
    de: 'Jeder öffentliche Server steht hinter einer Firewall',
  },
  'hz.firewall-rules': {
    en: 'Administration and database ports are not open to the world',
    de: 'Verwaltungs- und Datenbankports sind nicht weltweit offen',
  },
  'hz.private-net': {
    en: 'Database servers are reachable on the private network only',
    de: 'Datenbankserver sind nur im privaten Netz erreichbar',
  },
  'hz.backup-window': {
    en: 'Automatic server backups are on and fresh',
    de: 'Automatische Server-Sicherungen sind aktiv und frisch',
  },
  'hz.delete-protection': {
    en: 'Production servers are protected against deletion',
    de: 'Produktive Server sind gegen Löschen geschützt',
  },
  'hz.storage-box': {
    en: 'The backup store is hardened and elsewhere',
    de: 'Der Sicherungsspeicher ist gehärtet und liegt anderswo',
  },
  'hz.env-separate': {
    en: 'Test and production servers do not share a network',
    de: 'Test- und Produktivserver teilen kein Netz',
  },
  'hz.certs': { en: 'Managed certificates are valid', de: 'Verwaltete Zertifikate sind gültig' },
  'hz.image-current': {
    en: 'Servers run a supported operating system',
    de: 'Server laufen mit unterstütztem Betriebssystem',
  },
  'pg.tls-on': { en: 'The database speaks TLS 1.2 or later', de: 'Die Datenbank spricht mindestens TLS 1.2' },
  'pg.no-plain-sessions': {
    en: 'No remote database session is unencrypted',
    de: 'Keine entfernte Datenbanksitzung ist unverschlüsselt',
  },
  'pg.hba': {
    en: 'The database accepts only encrypted, authenticated connections',
    de: 'Die Datenbank nimmt nur verschlüsselte, authentisierte Verbindungen an',
  },
  'pg.password-hash': {
    en: 'Database passwords are stored as SCRAM verifiers',
    de: 'Datenbank-Passwörter liegen als SCRAM-Prüfwerte vor',
  },
  'pg.superusers': { en: 'At most one superuser, never from remote', de: 'Höchstens ein Superuser, nie aus der Ferne' },
  'pg.roles-separated': {
    en: 'The application role owns nothing and bypasses nothing',
    de: 'Die Anwendungsrolle besitzt nichts und umgeht nichts',
  },
  'pg.rls': { en: 'Tenant tables enforce row-level rules', de: 'Mandantentabellen erzwingen Zeilenregeln' },
  'pg.tenant-key-everywhere': {
    en: 'Every shared table carries the tenant key',
    de: 'Jede gemeinsame Tabelle trägt den Mandantenschlüssel',
  },
  'pg.audit': {
    en: 'Connections and manual changes in the database are logged',
    de: 'Verbindungen und manuelle Änderungen in der Datenbank werden protokolliert',
  },
  'pg.version': {
    en: 'The database version is supported and patched',
    de: 'Die Datenbankversion ist unterstützt und aktuell',
  },
  'pg.schema-drift': {
    en: 'The schema equals the approved state',
    de: 'Das Schema entspricht dem freigegebenen Stand',
  },
  'pg.config-drift': {
    en: 'The settings equal the approved state',
    de: 'Die Einstellungen entsprechen dem freigegebenen Stand',
  },
  'pg.checksums': { en: 'Data pages carry checksums', de: 'Datenseiten tragen Prüfsummen' },
  'pg.pii-inventory': {
    en: 'Only declared columns hold personal data',
    de: 'Nur gemeldete Spalten enthalten personenbezogene Daten',
  },
  'pg.no-prod-copy-in-test': {
    en: 'The test database holds no production records',
    de: 'Die Testdatenbank enthält keine Produktivdatensätze',
  },
  'pg.retention': {
    en: 'Data past their retention period are gone',
    de: 'Daten nach Ablauf der Aufbewahrungsfrist sind gelöscht',
  },
  'app.password-hashing': {
    en: 'The application stores passwords as slow hashes',
    de: 'Die Anwendung speichert Passwörter als langsame Hashes',
  },
  'app.reset-token-ttl': {
    en: 'Reset tokens are short-lived and hashed',
    de: 'Rücksetz-Token sind kurzlebig und gehasht',
  },
  'app.api-token': { en: 'API tokens are hashed and expire', de: 'API-Token sind gehasht und laufen ab' },
  'app.lifecycle-events': {
    en: 'Creation and deletion of users and environments are recorded',
    de: 'Anlegen und Löschen von Benutzern und Umgebungen wird aufgezeichnet',
  },
  'app.tenant-isolation': {
    en: 'No tenant of the application can reach another by its database',
    de: 'Kein Mandant der Anwendung erreicht durch die Datenbank einen anderen',
  },
  'app.weak-password-rejected': { en: 'Weak passwords are refused', de: 'Schwache Passwörter werden abgelehnt' },
  'tls.protocols': { en: 'Only TLS 1.2 and 1.3 are accepted', de: 'Nur TLS 1.2 und 1.3 werden angenommen' },
  'tls.ciphers': { en: 'Only strong cipher suites are accepted', de: 'Nur starke Cipher-Suiten werden angenommen' },
  'tls.chain': {
    en: 'The certificate chain is complete and trusted',
    de: 'Die Zertifikatskette ist vollständig und vertrauenswürdig',
  },
  'tls.expiry': { en: 'The certificate is not about to expire', de: 'Das Zertifikat läuft nicht demnächst ab' },
  'tls.starttls': { en: 'Mail and other services upgrade to TLS', de: 'Mail- und andere Dienste wechseln auf TLS' },
  'tls.client-cert': { en: 'A client certificate is required', de: 'Ein Client-Zertifikat wird verlangt' },
  'http.redirect': { en: 'Plain HTTP leads to HTTPS', de: 'Unverschlüsseltes HTTP führt zu HTTPS' },
  'http.hsts': { en: 'Browsers are told to use HTTPS only', de: 'Browser werden auf HTTPS festgelegt' },
  'http.headers': { en: 'Protective headers are sent', de: 'Schützende Header werden gesendet' },
  'http.cookies': {
    en: 'Cookies are secure, HTTP-only and same-site',
    de: 'Cookies sind Secure, HttpOnly und SameSite',
  },
  'net.exposed-ports': { en: 'Only declared ports are reachable', de: 'Nur gemeldete Ports sind erreichbar' },
  'dns.caa': { en: 'Certificate issuers are limited in DNS', de: 'Zertifikatsaussteller sind im DNS begrenzt' },
  'dns.dnssec': { en: 'The DNS zone is signed', de: 'Die DNS-Zone ist signiert' },
  'mail.spf-dmarc': {
    en: 'Forged mail is rejected by SPF and DMARC',
    de: 'Gefälschte Mail wird durch SPF und DMARC abgewiesen',
  },
  'mail.dkim-mta-sts': {
    en: 'Mail is signed and its transport enforced',
    de: 'Mail ist signiert, ihr Transportschutz erzwungen',
  },
  'web.security-txt': { en: 'A valid security.txt is published', de: 'Eine gültige security.txt ist veröffentlicht' },
  'web.privacy-notice': {
    en: 'A current privacy notice is published',
    de: 'Ein aktueller Datenschutzhinweis ist veröffentlicht',
  },
  'web.data-export': {
    en: 'A person gets the data of the own account, and nobody else does',
    de: 'Eine Person erhält die Daten ihres eigenen Kontos und sonst niemand',
  },
  'host.disk-encrypted': { en: 'Data volumes are encrypted', de: 'Datenträger sind verschlüsselt' },
  'host.screen-lock': {
    en: 'The screen locks itself and asks for the password',
    de: 'Der Bildschirm sperrt sich und verlangt das Passwort',
  },
  'host.firewall': { en: 'The host firewall denies by default', de: 'Die Host-Firewall verbietet grundsätzlich' },
  'host.antivirus': {
    en: 'Malware protection runs with fresh signatures',
    de: 'Schadsoftware-Schutz läuft mit frischen Signaturen',
  },
  'host.updates': { en: 'No security update is overdue', de: 'Keine Sicherheitsaktualisierung ist überfällig' },
  'host.ssh': { en: 'The SSH service accepts keys only', de: 'Der SSH-Dienst nimmt nur Schlüssel an' },
  'host.accounts': {
    en: 'Local accounts and rights are as declared',
    de: 'Lokale Konten und Rechte sind wie gemeldet',
  },
  'host.logs': {
    en: 'System logs are kept and leave the host',
    de: 'Systemprotokolle werden geführt und verlassen den Host',
  },
  'host.time': { en: 'The clock is synchronised', de: 'Die Uhr ist synchronisiert' },
  'host.baseline': {
    en: 'The hardening benchmark shows no new failure',
    de: 'Der Härtungstest zeigt keine neue Abweichung',
  },
  'raid.healthy': {
    en: 'The array has the claimed level and all disks are active',
    de: 'Der Verbund hat das angegebene Level, alle Platten sind aktiv',
  },
  'disk.smart': { en: 'Disks report good health', de: 'Festplatten melden guten Zustand' },
  'ups.online': {
    en: 'The power supply is monitored and its battery good',
    de: 'Die USV wird überwacht, ihre Batterie ist gut',
  },
  'vpn.up': {
    en: 'The tunnel is up and only known peers use it',
    de: 'Der Tunnel steht, nur bekannte Gegenstellen nutzen ihn',
  },
  'backup.fresh': {
    en: 'Every source and tenant has a fresh backup',
    de: 'Jede Quelle und jeder Mandant hat eine frische Sicherung',
  },
  'backup.size-sane': { en: 'Backup sizes are plausible', de: 'Die Größen der Sicherungen sind plausibel' },
  'backup.job-history': {
    en: 'Backup runs show no gap and no failure',
    de: 'Sicherungsläufe zeigen weder Lücke noch Fehler',
  },
  'backup.offsite': {
    en: 'Backups lie at another place under other credentials',
    de: 'Sicherungen liegen an anderem Ort unter anderen Zugangsdaten',
  },
  'backup.encrypted-immutable': {
    en: 'Backups are encrypted and cannot be overwritten',
    de: 'Sicherungen sind verschlüsselt und nicht überschreibbar',
  },
  'backup.integrity': {
    en: 'The backup repository verifies',
    de: 'Der Sicherungsbestand besteht die Integritätsprüfung',
  },
  'backup.restore-proven': {
    en: 'A restore succeeded and the data were right',
    de: 'Eine Wiederherstellung gelang, die Daten stimmten',
  },
  'backup.repo-mirror': {
    en: 'Repositories have an equal second copy',
    de: 'Repositorys haben eine gleiche zweite Kopie',
  },
  'backup.config': { en: 'Configuration is backed up', de: 'Konfiguration ist gesichert' },
  'blob.immutable': {
    en: 'Copies in the container cannot be overwritten or deleted',
    de: 'Kopien im Container lassen sich weder überschreiben noch löschen',
  },
  'blob.private': {
    en: 'Strangers cannot read the copies in the container',
    de: 'Fremde können die Kopien im Container nicht lesen',
  },
  'blob.recoverable': {
    en: 'Deleted and overwritten copies can be brought back',
    de: 'Gelöschte und überschriebene Kopien lassen sich zurückholen',
  },
  'bucket.fresh': {
    en: 'Every declared folder of the storage has a fresh copy',
    de: 'Jeder angegebene Ordner des Speichers hat eine frische Kopie',
  },
  'bucket.immutable': {
    en: 'Copies in the storage cannot be overwritten or deleted',
    de: 'Kopien im Speicher lassen sich weder überschreiben noch löschen',
  },
  'bucket.encrypted': {
    en: 'The storage encrypts the copies that it keeps',
    de: 'Der Speicher verschlüsselt die Kopien, die er hält',
  },
  'bucket.private': {
    en: 'Strangers cannot read the copies in the storage',
    de: 'Fremde können die Kopien im Speicher nicht lesen',
  },
  'bucket.location': {
    en: 'The storage of the copies lies in a declared region',
    de: 'Der Speicher der Kopien liegt in einer angegebenen Region',
  },
  'deps.sbom': {
    en: 'The deployed release has a bill of materials',
    de: 'Die ausgelieferte Version hat eine Stückliste',
  },
  'deps.vulns': {
    en: 'No serious known weakness is past its deadline',
    de: 'Keine schwere bekannte Schwachstelle ist über der Frist',
  },
  'deps.fresh': { en: 'Dependencies are kept up to date', de: 'Abhängigkeiten werden aktuell gehalten' },
  'deps.lockfile': { en: 'Builds use locked versions', de: 'Builds nutzen festgelegte Versionen' },
  'ci.scan-steps': { en: 'Scans ran on the deployed commit', de: 'Prüfungen liefen auf dem ausgelieferten Stand' },
  'sdlc.sast': { en: 'Code findings are closed in time', de: 'Funde der Codeanalyse werden fristgerecht geschlossen' },
  'ocsf.findings': {
    en: 'No control of an external tool has failed',
    de: 'Keine Kontrolle eines externen Werkzeugs ist fehlgeschlagen',
  },
  'load.passed': {
    en: 'The load test was recent and met its limits',
    de: 'Der Lasttest war aktuell und hielt die Grenzen ein',
  },
  'apm.alive': { en: 'Every declared service sends telemetry', de: 'Jeder gemeldete Dienst sendet Messwerte' },
  'apm.alerting': { en: 'A test alert arrives', de: 'Ein Probealarm kommt an' },
  'apm.slo': { en: 'Measured availability meets the promise', de: 'Gemessene Verfügbarkeit hält die Zusage' },
  'incident.notify': {
    en: 'Users can be notified; the path was tested',
    de: 'Benutzer sind benachrichtigbar; der Weg wurde getestet',
  },
  'ver.detected': {
    en: 'The version of every declared component is observed',
    de: 'Die Version jeder gemeldeten Komponente wird beobachtet',
  },
  'ver.not-eol': { en: 'No component is past its end of life', de: 'Keine Komponente ist über ihrem Supportende' },
  'ver.patched': {
    en: 'Components run the newest patch of their line',
    de: 'Komponenten laufen auf dem neuesten Patch ihrer Linie',
  },
  'ver.distro-backport': {
    en: "Distribution packages carry the distribution's fixes",
    de: 'Pakete der Distribution tragen deren Korrekturen',
  },
  'product.release-cadence': {
    en: 'Releases follow the stated strategy',
    de: 'Veröffentlichungen folgen der erklärten Strategie',
  },
  'git.security-policy': {
    en: 'The repository says how to report a weakness',
    de: 'Das Repository sagt, wie Schwachstellen zu melden sind',
  },
  'pg.durable': {
    en: 'What the database has acknowledged survives a power cut',
    de: 'Was die Datenbank bestätigt hat, übersteht einen Stromausfall',
  },
  'self.bound-to-loopback-or-tls': {
    en: 'The installation is reached by TLS or from this machine only',
    de: 'Die Installation ist nur per TLS oder von diesem Rechner aus erreichbar',
  },
  'self.cookies': {
    en: 'Session cookies are guarded and idle sessions end',
    de: 'Sitzungs-Cookies sind geschützt und ungenutzte Sitzungen enden',
  },
  'self.csp': {
    en: 'The workplace runs only its own scripts',
    de: 'Die Arbeitsoberfläche führt nur eigene Skripte aus',
  },
  'self.database-durable': {
    en: "What the installation's own database has acknowledged survives a power cut",
    de: 'Was die Datenbank der Installation bestätigt hat, übersteht einen Stromausfall',
  },
  'self.evidence-encrypted': {
    en: 'Files are encrypted with a key of the tenant',
    de: 'Dateien sind mit einem Schlüssel des Mandanten verschlüsselt',
  },
  'self.ledger-append-only': {
    en: 'The server itself cannot change or delete what the ledger holds',
    de: 'Auch der Server selbst kann nichts ändern oder löschen, was im Journal steht',
  },
  'self.ledger-consistent': {
    en: 'The ledger matches its signed head',
    de: 'Das Journal stimmt mit seinem signierten Kopf überein',
  },
  'self.master-key-protected': {
    en: 'Only the installation can read the master key',
    de: 'Nur die Installation kann den Hauptschlüssel lesen',
  },
  'self.no-undeclared-outbound': {
    en: 'The installation contacts nobody that was not set up',
    de: 'Die Installation kontaktiert niemanden, der nicht eingerichtet wurde',
  },
  'self.passwords-hashed': {
    en: 'Passwords are stored by a slow, memory-hard function',
    de: 'Passwörter sind mit einem langsamen, speicherintensiven Verfahren abgelegt',
  },
  'self.reset-token-limited': {
    en: 'Links to reset a password are short-lived, usable once and stored hashed',
    de: 'Links zum Zurücksetzen eines Passworts sind kurzlebig, einmalig und gehasht abgelegt',
  },
  'self.runtime-supported': {
    en: 'The runtime of the installation is supported',
    de: 'Die Laufzeitumgebung der Installation wird gepflegt',
  },
  'self.tenant-isolation': {
    en: 'No tenant can reach the data of another',
    de: 'Kein Mandant erreicht die Daten eines anderen',
  },
} as const satisfies Record<string, Text>

/** The id of a check: `system.required-state`, never renamed. */
export type CheckId = keyof typeof vocabulary

/**
 * The vocabulary of checks: every id that a measure may name, with its title. Which of them run is up to the connectors;
 * an id without an implementation simply never yields an outcome.
 */
export const checkIds: readonly CheckName[] = (Object.keys(vocabulary) as CheckId[]).map((id) => ({
  id,
  title: vocabulary[id],
}))
