import type { PurposeId } from './purposes.ts'

/** Why a field that could hold something about a person does not. */
export type NotPersonal =
  | 'no: random id'
  | 'no: hash'
  | 'no: key'
  | 'no: code'
  | 'no: counts'
  | 'no: name of an organisation'
  | 'no: setting'
  | 'no: always empty'

/**
 * What a field is to a person: a purpose, and how the row belongs to an account. One line for one field.
 *
 * - `session`: personal data for this purpose;
 * - `session, secret`: so too, and never handed out, not even in an export;
 * - `session of account`: the id of the account to which the row belongs; the row goes with the account;
 * - `register by account`: the id of who made the row; it is emptied when the account goes;
 * - `edition kept for account`: so too, and stays as a random id that leads to nobody;
 * - `staff of person`: the id of somebody who works for the tenant; the row goes with whoever has the account's address;
 * - `invitation at address`: a mail address; the row goes with the account of that address;
 * - `register naming`: a text that may be a person's name or address; it is emptied when it is;
 * - `no: …`: not personal, and why.
 */
export type Field =
  | PurposeId
  | `${PurposeId}, secret`
  | `${PurposeId} of account`
  | `${PurposeId} of person`
  | `${PurposeId} by account`
  | `${PurposeId} kept for account`
  | `${PurposeId} at address`
  | `${PurposeId} naming`
  | NotPersonal

/** The fields of each table. */
export type Fields = Readonly<Record<string, Readonly<Record<string, Field>>>>

/**
 * Every stored field that could hold something about a person: texts, JSON, bytes, ids and addresses of the network.
 * Numbers, times and yes-or-no share the fate of their row. The gate `personal-data` compares this with the migrations.
 */
const ledger = {
  log_entry: { leaf: 'no: code', leaf_hash: 'no: hash', type: 'no: code', subject: 'no: random id' },
  log_tile: { data: 'no: hash' },
  log_state: { origin: 'no: random id', root: 'no: hash', frontier: 'no: hash', note: 'no: hash' },
  log_checkpoint: { root: 'no: hash', note: 'no: hash' },
  log_pending: { event: 'no: code' },
  opening: { commitment: 'no: hash', role: 'no: code', salt: 'no: key', content: 'ledger' },
  outbox: { id: 'no: random id', queue: 'no: code', payload: 'no: random id' },
} as const satisfies Fields

const control = {
  account: { id: 'account of account', name: 'account', email: 'account', image: 'no: always empty' },
  session: {
    id: 'no: random id',
    token: 'session, secret',
    ipAddress: 'no: always empty',
    userAgent: 'session',
    place: 'session',
    factors: 'session',
    throughTenant: 'no: random id',
    userId: 'session of account',
  },
  credential: {
    id: 'no: random id',
    accountId: 'credential',
    providerId: 'no: code',
    userId: 'credential of account',
    accessToken: 'credential, secret',
    refreshToken: 'credential, secret',
    idToken: 'credential, secret',
    scope: 'no: code',
    password: 'credential, secret',
  },
  verification: { id: 'no: random id', identifier: 'no: hash', value: 'link, secret' },
  rateLimit: { id: 'no: random id', key: 'no: always empty' },
  setup_link: { token_hash: 'no: hash' },
  installation: {
    public_id: 'no: random id',
    ledger_key: 'no: key',
    ledger_vkey: 'no: key',
    session_secret: 'no: key',
  },
  tenant: {
    id: 'no: random id',
    public_id: 'no: random id',
    slug: 'no: name of an organisation',
    name: 'no: name of an organisation',
    language: 'no: code',
    state: 'no: code',
    database_name: 'no: random id',
    role_password: 'no: key',
    data_key: 'no: key',
    ledger_key: 'no: key',
    ledger_vkey: 'no: key',
    closing_by: 'ledger by account',
    schema_digest: 'no: hash',
    earlier_data_key: 'no: key',
    importing_by: 'ledger kept for account',
  },
  tenant_account: { tenant_id: 'no: random id', account_id: 'membership of account', role: 'membership' },
  tenant_domain: { domain: 'no: name of an organisation', tenant_id: 'no: random id' },
  sign_in_attempt: {
    state_hash: 'no: hash',
    browser_hash: 'no: hash',
    tenant_id: 'no: random id',
    purpose: 'no: code',
    account_id: 'directory of account',
    session_id: 'no: random id',
    next: 'no: code',
  },
  tenant_visitor: { tenant_id: 'no: random id', account_id: 'membership of account', standing: 'membership' },
  tenant_activity: { tenant_id: 'no: random id' },
  tenant_turn: { tenant_id: 'no: random id' },
  witness: { vkey: 'no: key', note: 'no: hash', problem: 'no: code' },
  tenant_summary: { tenant_id: 'no: random id', assurance: 'no: counts', dues: 'no: counts' },
  attempt: { key: 'attempt' },
  account_link: { token_hash: 'no: hash', account_id: 'link of account', purpose: 'no: code', email: 'link' },
  totp: {
    id: 'no: random id',
    secret: 'factor, secret',
    backupCodes: 'factor, secret',
    userId: 'factor of account',
  },
  passkey: {
    id: 'no: random id',
    name: 'factor',
    publicKey: 'factor',
    userId: 'factor of account',
    credentialID: 'factor',
    deviceType: 'no: code',
    transports: 'no: code',
    aaguid: 'factor',
  },
  api_token: {
    id: 'no: random id',
    secret_hash: 'no: hash',
    tenant_id: 'no: random id',
    account_id: 'program of account',
    name: 'program',
    permissions: 'program',
  },
  account_certificate: {
    id: 'no: random id',
    fingerprint: 'program',
    account_id: 'program of account',
    name: 'program',
  },
  retention_run: { id: 'no: random id', counts: 'no: counts' },
  account_closing: {
    account_id: 'closing',
    name: 'closing',
    email: 'closing',
    named_in: 'no: random id',
    counts: 'no: counts',
  },
} as const satisfies Fields

const tenant = {
  membership: { account_id: 'membership of account', role: 'membership' },
  sign_in_provider: {
    id: 'no: random id',
    issuer: 'no: setting',
    client_id: 'no: setting',
    client_secret: 'no: key',
    join_role: 'no: code',
    demand: 'no: code',
    factor: 'no: code',
  },
  directory_role: { group_name: 'no: setting', role: 'no: code' },
  identity: { issuer: 'no: setting', subject: 'directory', account_id: 'directory of account' },
  directory_token: { id: 'no: random id', token_hash: 'no: hash', created_by: 'directory by account' },
  directory_person: {
    id: 'no: random id',
    account_id: 'directory of account',
    user_name: 'directory',
    external_id: 'directory',
    name: 'directory',
    email: 'directory',
  },
  directory_group: { id: 'no: random id', name: 'no: setting', external_id: 'no: random id' },
  directory_group_person: { group_id: 'no: random id', person_id: 'no: random id' },
  document: {
    id: 'no: random id',
    name: 'register',
    title: 'register',
    format: 'no: code',
    language: 'no: code',
    sha256: 'no: hash',
    dated: 'no: code',
    version: 'no: code',
    state: 'no: code',
    origin: 'no: code',
    coverage: 'register',
    faults: 'register',
  },
  statement: {
    id: 'no: random id',
    document_id: 'no: random id',
    section: 'register',
    text: 'register',
    type: 'no: code',
    status: 'no: code',
    nature: 'no: code',
    parameters: 'no: setting',
    systems: 'register',
    cadence: 'no: code',
  },
  measure: {
    id: 'no: random id',
    statement_id: 'no: random id',
    owner: 'register naming',
    guarantor: 'no: code',
    scope: 'no: random id',
    cadence: 'no: code',
    visibility: 'no: code',
    environments: 'no: code',
    ignored: 'register',
  },
  mapping: {
    measure_id: 'no: random id',
    catalogue_id: 'no: code',
    confirmed_by: 'no: code',
    confirmed_account: 'ledger by account',
    confirmation: 'no: hash',
  },
  backing: {
    check_id: 'no: code',
    system_id: 'no: random id',
    state: 'no: code',
    reason: 'no: code',
    parameters: 'no: setting',
    outcome: 'no: hash',
    failing: 'no: hash',
  },
  system: { id: 'no: random id', name: 'register', kind: 'no: code', environment: 'no: code' },
  connection: {
    id: 'no: random id',
    system_id: 'no: random id',
    connector: 'no: code',
    environment: 'no: code',
    target: 'register',
    settings: 'register, secret',
    every: 'no: code',
  },
  computer: { connection_id: 'no: random id', collector: 'no: code', system: 'no: setting' },
  run: {
    id: 'no: random id',
    connection_ids: 'no: random id',
    looking: 'no: random id',
    environments: 'no: code',
    state: 'no: code',
  },
  reading: {
    id: 'no: random id',
    run_id: 'no: random id',
    connection_id: 'no: random id',
    read: 'no: code',
    why: 'no: code',
    facts: 'reading',
    requests: 'no: setting',
    facts_hash: 'no: hash',
  },
  fact_content: { hash: 'no: hash', facts: 'reading' },
  fact_part: { connection_id: 'no: random id', part: 'no: code', hash: 'no: hash', approved_hash: 'no: hash' },
  fact_change: {
    id: 'no: random id',
    system_id: 'no: random id',
    connection_id: 'no: random id',
    connector: 'no: code',
    part: 'no: code',
    before_hash: 'no: hash',
    after_hash: 'no: hash',
    state: 'no: code',
    approved_by: 'ledger by account',
    note: 'register',
    ticket: 'register',
  },
  discovered: {
    id: 'no: random id',
    told_by: 'no: random id',
    connection_id: 'no: random id',
    part: 'no: code',
    kind: 'no: code',
    key: 'register',
    name: 'register',
    state: 'no: code',
    system_id: 'no: random id',
    reason: 'register',
    settled_by: 'ledger by account',
  },
  span: {
    check_id: 'no: code',
    system_id: 'no: random id',
    parameters: 'no: setting',
    state: 'no: code',
    reason: 'no: code',
  },
  platform_incident: {
    id: 'no: random id',
    system_id: 'no: random id',
    incident: 'no: code',
    role: 'no: code',
    note: 'register',
    account_id: 'register by account',
  },
  parameter: {
    id: 'no: random id',
    check_id: 'no: code',
    system_id: 'no: random id',
    given: 'register',
    reason: 'register',
    role: 'no: code',
    account_id: 'register by account',
  },
  account_holder: {
    id: 'no: random id',
    system_id: 'no: random id',
    account: 'staff',
    person_id: 'staff of person',
    owner: 'staff naming',
    reason: 'staff',
    account_id: 'register by account',
  },
  person: { id: 'no: random id', name: 'staff', email: 'staff at address', position: 'staff' },
  pseudonym: { id: 'no: hash', name: 'reading' },
  pseudonym_key: { key: 'no: key' },
  outcome: {
    id: 'no: random id',
    run_id: 'no: random id',
    reading_id: 'no: random id',
    check_id: 'no: code',
    system_id: 'no: random id',
    state: 'no: code',
    reason: 'no: code',
    subjects: 'reading',
    parameters: 'no: setting',
    declared: 'register',
    commitment: 'no: hash',
    check_digest: 'no: hash',
    baseline: 'no: hash',
  },
  finding: {
    id: 'no: random id',
    key: 'no: hash',
    check_id: 'no: code',
    system_id: 'no: random id',
    subject: 'register',
    severity: 'no: code',
    say: 'register',
    hint: 'register',
    owner: 'register naming',
  },
  exception: {
    id: 'no: random id',
    key: 'no: hash',
    check_id: 'no: code',
    system_id: 'no: random id',
    subject: 'register',
    reason: 'register',
    owner: 'register naming',
    declared_by: 'edition kept for account',
    ended_as: 'no: code',
  },
  edition: {
    id: 'no: random id',
    state: 'no: code',
    language: 'no: code',
    content: 'register',
    commitment: 'no: hash',
    signed_by: 'edition kept for account',
    signed_role: 'edition',
  },
  // Why something is promised otherwise is the tenant's, as its text is; it lies among the openings.
  decision: {
    id: 'no: random id',
    change_key: 'no: hash',
    decided_by: 'edition kept for account',
    decided_role: 'edition',
    commitment: 'no: hash',
  },
  // What the rules say is the tenant's; whoever wrote, approved or accepted them stays as a random id.
  guideline: {
    id: 'no: random id',
    title: 'register',
    body: 'register',
    language: 'no: code',
    template: 'no: code',
    measures: 'no: code',
    written_by: 'register by account',
  },
  guideline_version: {
    id: 'no: random id',
    guideline_id: 'no: random id',
    title: 'register',
    body: 'register',
    measures: 'no: code',
    written_by: 'edition kept for account',
    approved_by: 'edition kept for account',
    approved_role: 'edition',
    commitment: 'no: hash',
  },
  guideline_review: {
    id: 'no: random id',
    version_id: 'no: random id',
    reviewed_by: 'edition kept for account',
    reviewed_role: 'edition',
  },
  guideline_withdrawal: {
    version_id: 'no: random id',
    withdrawn_by: 'edition kept for account',
    withdrawn_role: 'edition',
    reason: 'register',
  },
  guideline_acceptance: { version_id: 'no: random id', account_id: 'edition kept for account' },
  guideline_reminder: { version_id: 'no: random id', kind: 'no: code' },
  attestation: {
    id: 'no: random id',
    measure: 'no: code',
    source: 'no: code',
    source_id: 'no: random id',
    title: 'register',
    role: 'edition',
    commitment: 'no: hash',
  },
  // The look of an organisation, which it publishes.
  letterhead: { accent: 'no: setting', logo: 'no: name of an organisation' },
  edition_file: { edition_id: 'no: random id', name: 'no: code', type: 'no: code', bytes: 'register' },
  invitation: {
    id: 'no: random id',
    token_hash: 'no: hash',
    email: 'invitation at address',
    name: 'invitation',
    role: 'invitation',
    invited_by: 'invitation by account',
    room_id: 'no: random id',
  },
  access_grant: {
    id: 'no: random id',
    account_id: 'grant of account',
    scope: 'no: code',
    reason: 'grant',
    given_by: 'grant by account',
  },
  room: {
    id: 'no: random id',
    name: 'register',
    edition_id: 'no: random id',
    audience: 'no: code',
    opened_by: 'conversation by account',
  },
  guest: { room_id: 'no: random id', account_id: 'membership of account' },
  // What was said is the tenant's, as its text is; only the names went with the account.
  room_message: {
    id: 'no: random id',
    room_id: 'no: random id',
    question_id: 'no: random id',
    line_id: 'no: random id',
    account_id: 'conversation kept for account',
    commitment: 'no: hash',
  },
  comment: {
    id: 'no: random id',
    measure_id: 'no: random id',
    finding_id: 'no: random id',
    account_id: 'conversation kept for account',
    commitment: 'no: hash',
  },
  earlier_log: {
    id: 'no: random id',
    origin: 'no: random id',
    vkey: 'no: key',
    root: 'no: hash',
    note: 'no: hash',
  },
  earlier_entry: { log_id: 'no: random id', leaf: 'no: code' },
  earlier_checkpoint: { log_id: 'no: random id', note: 'no: hash' },
  earlier_opening: {
    commitment: 'no: hash',
    log_id: 'no: random id',
    role: 'no: code',
    salt: 'no: key',
    content: 'ledger',
  },
  notification_person: { account_id: 'notification of account', language: 'notification' },
  notification_choice: { account_id: 'notification of account', kind: 'notification', rhythm: 'notification' },
  notification_item: {
    id: 'no: random id',
    account_id: 'notification of account',
    kind: 'no: code',
    code: 'no: code',
    rhythm: 'no: code',
  },
  webhook: {
    id: 'no: random id',
    address: 'register, secret',
    secret: 'no: key',
    previous_secret: 'no: key',
    kinds: 'no: code',
    state: 'no: code',
  },
  webhook_delivery: {
    id: 'no: random id',
    webhook_id: 'no: random id',
    type: 'no: code',
    about_kind: 'no: code',
    about_id: 'no: random id',
    code: 'no: code',
    state: 'no: code',
    problem: 'no: code',
  },
  retention_run: { id: 'no: random id', counts: 'no: counts' },
} as const satisfies Fields

/** By database: `ledger` lies in each of the others, too. */
export const fields: Readonly<Record<'ledger' | 'control' | 'tenant', Fields>> = { ledger, control, tenant }
