/** When something stored runs out, and what becomes of it. */
export interface Rule {
  /** What runs out by it, in words. */
  readonly what: { readonly en: string; readonly de: string }
  /** Where it lies: the installation's control database, or the database of every tenant. */
  readonly in: 'control' | 'tenant'
  readonly table: string
  /** The column that counts from. */
  readonly from: string
  /** How long after that, as an ISO 8601 duration. */
  readonly after: string
  /** A further condition in SQL. */
  readonly where?: string
  /** Leaves the row, with these columns at these values; without it the row goes. */
  readonly leaves?: Readonly<Record<string, string>>
}

/**
 * Retention, as data: the daily run deletes by it, the privacy notice says it, and the gate `personal-data` holds it
 * against the schema. Accounts and tenants end when somebody deletes them, not here.
 */
export const rules = {
  'session.expired': {
    what: { en: 'sessions', de: 'Sitzungen' },
    in: 'control',
    table: 'session',
    from: 'expiresAt',
    after: 'PT0S',
  },
  'verification.expired': {
    what: { en: 'steps of signing in', de: 'Anmeldeschritte' },
    in: 'control',
    table: 'verification',
    from: 'expiresAt',
    after: 'PT0S',
  },
  'setup_link.expired': {
    what: { en: 'set-up links', de: 'Einrichtungslinks' },
    in: 'control',
    table: 'setup_link',
    from: 'expires_at',
    after: 'PT0S',
  },
  'attempt.over': {
    what: { en: 'counts of attempts', de: 'Zählungen von Versuchen' },
    in: 'control',
    table: 'attempt',
    from: 'until',
    after: 'PT0S',
  },
  'account_link.expired': {
    what: { en: 'links by mail', de: 'Links per E-Mail' },
    in: 'control',
    table: 'account_link',
    from: 'expires_at',
    after: 'PT0S',
  },
  'sign_in_attempt.expired': {
    what: { en: 'sign-ins under way', de: 'begonnene Anmeldungen' },
    in: 'control',
    table: 'sign_in_attempt',
    from: 'expires_at',
    after: 'PT0S',
  },
  'api_token.expired': {
    what: { en: 'API tokens', de: 'API-Token' },
    in: 'control',
    table: 'api_token',
    from: 'expires_at',
    after: 'P30D',
  },
  'account_certificate.expired': {
    what: { en: 'client certificates', de: 'Client-Zertifikate' },
    in: 'control',
    table: 'account_certificate',
    from: 'not_after',
    after: 'P30D',
  },
  'tenant_visitor.over': {
    what: { en: 'visits', de: 'Besuche' },
    in: 'control',
    table: 'tenant_visitor',
    from: 'until',
    after: 'PT0S',
  },
  'retention_run.installation': {
    what: { en: 'runs of the installation', de: 'Läufe der Installation' },
    in: 'control',
    table: 'retention_run',
    from: 'started_at',
    after: 'P13M',
  },
  'directory_token.expired': {
    what: { en: 'directory tokens', de: 'Verzeichnis-Token' },
    in: 'tenant',
    table: 'directory_token',
    from: 'expires_at',
    after: 'P30D',
  },
  'invitation.expired': {
    what: { en: 'invitations', de: 'Einladungen' },
    in: 'tenant',
    table: 'invitation',
    from: 'expires_at',
    after: 'P30D',
  },
  'guest.over': {
    what: { en: 'guests', de: 'Gäste' },
    in: 'tenant',
    table: 'guest',
    from: 'since',
    after: 'P180D',
  },
  'disclosure.over': {
    what: { en: 'requests for documents that are over', de: 'beendete Anfragen nach Unterlagen' },

    in: 'tenant',
    table: 'disclosure',
    from: 'ends_at',
    after: 'P6M',
    where: 'accepted_at is null',
  },
  // As long as a claim from the accepted terms can be raised (in Germany § 195 BGB), rounded up to the end of a year.
  'disclosure.accepted': {
    what: { en: 'requests with accepted terms', de: 'Anfragen mit angenommenen Bedingungen' },

    in: 'tenant',
    table: 'disclosure',
    from: 'ends_at',
    after: 'P4Y',
    where: 'accepted_at is not null',
  },
  // The record of a breach stays (Art. 33(5)); who reported it is needed only while somebody may ask back.
  'incident.reporter': {
    what: { en: 'how to reach who reported an incident', de: 'wie Meldende eines Vorfalls zu erreichen sind' },

    in: 'tenant',
    table: 'incident',
    from: 'closed_at',
    after: 'P6M',
    where: 'reporter is not null',
    leaves: { reporter: 'null' },
  },
  // Whoever reported may have to be asked for a while; after that what they found counts, and not who they are.
  'report.contact': {
    what: { en: 'who reported vulnerabilities', de: 'wer Schwachstellen gemeldet hat' },

    in: 'tenant',
    table: 'report',
    from: 'closed_at',
    after: 'P12M',
    where: 'name is not null or email is not null',
    leaves: { name: 'null', email: 'null' },
  },
  'report_link.over': {
    what: { en: 'secret links of reports that are over', de: 'geheime Links beendeter Meldungen' },
    in: 'tenant',
    table: 'report_link',
    from: 'ends_at',
    after: 'PT0S',
  },
  // As long as a claim for damage can be raised at the latest (in Germany § 199(3) no. 1 BGB: ten years).
  'report.over': {
    what: { en: 'reports of vulnerabilities', de: 'Meldungen von Schwachstellen' },

    in: 'tenant',
    table: 'report',
    from: 'closed_at',
    after: 'P10Y',
    where: 'not exists (select 1 from report r where r.duplicate_of = report.id)',
  },
  // As long as a claim or a fine for it can come (in Germany § 195 BGB, § 31 OWiG); the leaf stays.
  'request.over': {
    what: { en: 'requests of data subjects', de: 'Betroffenenanfragen' },
    in: 'tenant',
    table: 'request',
    from: 'closed_at',
    after: 'P3Y',
  },
  'request_package.over': {
    what: { en: 'data handed out on request', de: 'auf Anfrage herausgegebene Daten' },
    in: 'tenant',
    table: 'request_package',
    from: 'ends_at',
    after: 'PT0S',
  },
  'request_link.over': {
    what: { en: 'links to requests of data subjects', de: 'Links zu Betroffenenanfragen' },
    in: 'tenant',
    table: 'request_link',
    from: 'ends_at',
    after: 'PT0S',
  },
  'access_grant.ended': {
    what: { en: 'ended accesses of operators', de: 'beendete Zugriffe von Betreibern' },
    in: 'tenant',
    table: 'access_grant',
    from: 'ended_at',
    after: 'P13M',
  },
  // What waits to be told is told within a week; what nobody could be told is not news any more.
  'notification_item.old': {
    what: { en: 'notifications', de: 'Benachrichtigungen' },
    in: 'tenant',
    table: 'notification_item',
    from: 'at',
    after: 'P30D',
  },
  'webhook_delivery.done': {
    what: { en: 'webhook deliveries', de: 'Webhook-Zustellungen' },
    in: 'tenant',
    table: 'webhook_delivery',
    from: 'done_at',
    after: 'P30D',
  },
  'subscription_request.expired': {
    what: { en: 'subscriptions never confirmed', de: 'nie bestätigte Abonnements' },
    in: 'tenant',
    table: 'subscription_request',
    from: 'expires_at',
    after: 'PT0S',
  },
  // Its letters go with it; what could not be sent for so long is not news any more.
  'subscription_notice.old': {
    what: { en: 'news for subscribers', de: 'Neuigkeiten für Abonnenten' },
    in: 'tenant',
    table: 'subscription_notice',
    from: 'at',
    after: 'P30D',
  },
  'subscriber_letter.old': {
    what: { en: 'letters to subscribers that could not be sent', de: 'nicht versendbare E-Mails an Abonnenten' },
    in: 'tenant',
    table: 'subscriber_letter',
    from: 'at',
    after: 'P30D',
  },
  // Design: a verdict can be computed again for this long; then the outcome and the hash of the facts stay.
  'reading.facts': {
    what: { en: 'facts of readings', de: 'Fakten von Ablesungen' },

    in: 'tenant',
    table: 'reading',
    from: 'at',
    after: 'P13M',
    where: 'facts is not null',
    leaves: { facts: 'null', envelope: 'null' },
  },
  'fact_content.facts': {
    what: { en: 'kept states of facts', de: 'aufbewahrte Stände von Fakten' },

    in: 'tenant',
    table: 'fact_content',
    from: 'seen_at',
    after: 'P13M',
    where: 'facts is not null',
    leaves: { facts: 'null' },
  },
  'outcome.subjects': {
    what: { en: 'subjects of outcomes', de: 'Gegenstände von Ergebnissen' },

    in: 'tenant',
    table: 'outcome',
    from: 'at',
    after: 'P13M',
    where: `subjects <> '[]'`,
    leaves: { subjects: `'[]'` },
  },
  // Who was seen nowhere for as long as facts are kept is in no facts any more.
  'pseudonym.unseen': {
    what: { en: 'people no system shows any more', de: 'Menschen, die kein System mehr zeigt' },
    in: 'tenant',
    table: 'pseudonym',
    from: 'seen_at',
    after: 'P13M',
  },
  'person.left': {
    what: { en: 'people who left', de: 'ausgeschiedene Personen' },
    in: 'tenant',
    table: 'person',
    from: 'left_on',
    after: 'P13M',
  },
  // What no system has any more, unless it comes back.
  'account_seen.gone': {
    what: { en: 'accounts no system has any more', de: 'Konten, die kein System mehr hat' },
    in: 'tenant',
    table: 'account_seen',
    from: 'gone_at',
    after: 'P13M',
  },
  'retention_run.tenant': {
    what: { en: 'runs', de: 'Läufe' },
    in: 'tenant',
    table: 'retention_run',
    from: 'started_at',
    after: 'P13M',
  },
} as const satisfies Record<string, Rule>

/** The name of a rule. */
export type RuleId = keyof typeof rules

/** All names, in the order in which the run works. */
export const ruleIds = Object.keys(rules) as readonly RuleId[]
