/** When something stored runs out, and what becomes of it. */
export interface Rule {
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
  'session.expired': { in: 'control', table: 'session', from: 'expiresAt', after: 'PT0S' },
  'verification.expired': { in: 'control', table: 'verification', from: 'expiresAt', after: 'PT0S' },
  'setup_link.expired': { in: 'control', table: 'setup_link', from: 'expires_at', after: 'PT0S' },
  'attempt.over': { in: 'control', table: 'attempt', from: 'until', after: 'PT0S' },
  'account_link.expired': { in: 'control', table: 'account_link', from: 'expires_at', after: 'PT0S' },
  'sign_in_attempt.expired': { in: 'control', table: 'sign_in_attempt', from: 'expires_at', after: 'PT0S' },
  'api_token.expired': { in: 'control', table: 'api_token', from: 'expires_at', after: 'P30D' },
  'account_certificate.expired': { in: 'control', table: 'account_certificate', from: 'not_after', after: 'P30D' },
  'tenant_visitor.over': { in: 'control', table: 'tenant_visitor', from: 'until', after: 'PT0S' },
  'retention_run.installation': { in: 'control', table: 'retention_run', from: 'started_at', after: 'P13M' },
  'directory_token.expired': { in: 'tenant', table: 'directory_token', from: 'expires_at', after: 'P30D' },
  'invitation.expired': { in: 'tenant', table: 'invitation', from: 'expires_at', after: 'P30D' },
  'guest.over': { in: 'tenant', table: 'guest', from: 'since', after: 'P180D' },
  'disclosure.over': {
    in: 'tenant',
    table: 'disclosure',
    from: 'ends_at',
    after: 'P6M',
    where: 'accepted_at is null',
  },
  // As long as a claim from the accepted terms can be raised (in Germany § 195 BGB), rounded up to the end of a year.
  'disclosure.accepted': {
    in: 'tenant',
    table: 'disclosure',
    from: 'ends_at',
    after: 'P4Y',
    where: 'accepted_at is not null',
  },
  // The record of a breach stays (Art. 33(5)); who reported it is needed only while somebody may ask back.
  'incident.reporter': {
    in: 'tenant',
    table: 'incident',
    from: 'closed_at',
    after: 'P6M',
    where: 'reporter is not null',
    leaves: { reporter: 'null' },
  },
  // Whoever reported may have to be asked for a while; after that what they found counts, and not who they are.
  'report.contact': {
    in: 'tenant',
    table: 'report',
    from: 'closed_at',
    after: 'P12M',
    where: 'name is not null or email is not null',
    leaves: { name: 'null', email: 'null' },
  },
  'report_link.over': { in: 'tenant', table: 'report_link', from: 'ends_at', after: 'PT0S' },
  // As long as a claim for damage can be raised at the latest (in Germany § 199(3) no. 1 BGB: ten years).
  'report.over': {
    in: 'tenant',
    table: 'report',
    from: 'closed_at',
    after: 'P10Y',
    where: 'not exists (select 1 from report r where r.duplicate_of = report.id)',
  },
  // As long as a claim or a fine for it can come (in Germany § 195 BGB, § 31 OWiG); the leaf stays.
  'request.over': { in: 'tenant', table: 'request', from: 'closed_at', after: 'P3Y' },
  'request_package.over': { in: 'tenant', table: 'request_package', from: 'ends_at', after: 'PT0S' },
  'request_link.over': { in: 'tenant', table: 'request_link', from: 'ends_at', after: 'PT0S' },
  'access_grant.ended': { in: 'tenant', table: 'access_grant', from: 'ended_at', after: 'P13M' },
  // What waits to be told is told within a week; what nobody could be told is not news any more.
  'notification_item.old': { in: 'tenant', table: 'notification_item', from: 'at', after: 'P30D' },
  'webhook_delivery.done': { in: 'tenant', table: 'webhook_delivery', from: 'done_at', after: 'P30D' },
  'subscription_request.expired': { in: 'tenant', table: 'subscription_request', from: 'expires_at', after: 'PT0S' },
  // Its letters go with it; what could not be sent for so long is not news any more.
  'subscription_notice.old': { in: 'tenant', table: 'subscription_notice', from: 'at', after: 'P30D' },
  'subscriber_letter.old': { in: 'tenant', table: 'subscriber_letter', from: 'at', after: 'P30D' },
  // Design: a verdict can be computed again for this long; then the outcome and the hash of the facts stay.
  'reading.facts': {
    in: 'tenant',
    table: 'reading',
    from: 'at',
    after: 'P13M',
    where: 'facts is not null',
    leaves: { facts: 'null' },
  },
  'fact_content.facts': {
    in: 'tenant',
    table: 'fact_content',
    from: 'seen_at',
    after: 'P13M',
    where: 'facts is not null',
    leaves: { facts: 'null' },
  },
  'outcome.subjects': {
    in: 'tenant',
    table: 'outcome',
    from: 'at',
    after: 'P13M',
    where: `subjects <> '[]'`,
    leaves: { subjects: `'[]'` },
  },
  // Who was seen nowhere for as long as facts are kept is in no facts any more.
  'pseudonym.unseen': { in: 'tenant', table: 'pseudonym', from: 'seen_at', after: 'P13M' },
  'person.left': { in: 'tenant', table: 'person', from: 'left_on', after: 'P13M' },
  // What no system has any more, unless it comes back.
  'account_seen.gone': { in: 'tenant', table: 'account_seen', from: 'gone_at', after: 'P13M' },
  'retention_run.tenant': { in: 'tenant', table: 'retention_run', from: 'started_at', after: 'P13M' },
} as const satisfies Record<string, Rule>

/** The name of a rule. */
export type RuleId = keyof typeof rules

/** All names, in the order in which the run works. */
export const ruleIds = Object.keys(rules) as readonly RuleId[]
