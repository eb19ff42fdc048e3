import { createHmac, randomUUID } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { mkdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openAnswers, openBudgets } from '@art32/probes'
import { getRequestListener } from '@hono/node-server'
import { endGrants, endQueue, invitationQueue, openTokens, sendInvitation } from './access/index.ts'
import type { EndJob, InvitationJob } from './access/index.ts'
import { attendNotices, noticeQueue, publicationNoter, sendNotices } from './announcement/index.ts'
import type { NoticeJob } from './announcement/index.ts'
import { openMoves } from './placement/index.ts'
import type { Moves, MoveStep } from './placement/index.ts'
import {
  backupQueue,
  backupTime,
  drillQueue,
  drillTime,
  logUntil,
  noteLogEnd,
  noteLogGoesOn,
  openBackups,
  openContinuous,
  sendQueue,
  sendTime,
} from './backup/index.ts'
import type { Backups, Continuous } from './backup/index.ts'
import { openAccounts, openAttempts, openCertificates, openRecovery } from './account/index.ts'
import type { Accounts } from './account/index.ts'
import { lookAgain, rejudge, rejudgeQueue, requestRejudge, resumeRuns, run, runQueue, runToEnd } from './check/index.ts'
import type { Judged, RejudgeJob, RunDependencies, RunJob } from './check/index.ts'
import { lookQueue } from './connection/index.ts'
import { attendCustomers, contractQueue, contractTime, listNoticeDays } from './contract/index.ts'
import type { Look } from './connection/index.ts'
import { openSignInAttempts, openDomains, openOpenId, openScim, openSignIn, redirectPath } from './directory/index.ts'
import { disclosureQueue, sendDisclosure } from './disclosure/index.ts'
import type { DisclosureJob } from './disclosure/index.ts'
import { citedCommitments, finishRotations, removeHalfMade } from './custody/index.ts'
import { attendDuties, dutyQueue, dutyTime, readFeed } from './duty/index.ts'
import type { EditionDependencies } from './edition/index.ts'
import {
  anchorQueue,
  findState,
  openClosings,
  openLedgers,
  openStamping,
  openTenants,
  openWitness,
  openWitnessing,
} from './evidence/index.ts'
import type { AnchorJob, Ledgers, TenantContext, Tenants } from './evidence/index.ts'
import { attendFiles, fileQueue, fileTime, openInspector } from './file/index.ts'
import { objectQueue, openObjectWork, openShield, resumeJobs } from './shield/index.ts'
import type { ObjectJob } from './shield/index.ts'
import { attendGuidelines, guidelineQueue } from './guideline/index.ts'
import type { GuidelineJob } from './guideline/index.ts'
import { attendIncidents, controllerNoticeQueue, incidentQueue, sendControllerNotice } from './incident/index.ts'
import type { ControllerNoticeJob, IncidentJob } from './incident/index.ts'
import { attendRequests, requestLetterQueue, requestQueue, requestTime, sendRequestLetter } from './request/index.ts'
import type { RequestLetterJob } from './request/index.ts'
import { attendExceptions, exceptionQueue, lookTwice, secondLookQueue, settleFindings } from './finding/index.ts'
import type { ExceptionJob, SecondLook } from './finding/index.ts'
import {
  answerHealth,
  answerMetrics,
  createApp,
  incomingOf,
  openGate,
  openInside,
  openLimiter,
  openReadiness,
  openSiteFront,
  toTls,
  trustedProxies,
  usualCapacity,
  usualLimits,
  webFiles,
  whoSends,
} from './http/index.ts'
import type { Capacity, Limits } from './http/index.ts'
import { AppError, permissionsOf } from './kernel/index.ts'
import type { AnyOperation } from './kernel/index.ts'
import type { MeasureDependencies } from './measure/index.ts'
import { announcer, deliver, letterQueue, openChoices, sendLetters, webhookQueue } from './notification/index.ts'
import type { DeliveryJob, LetterJob } from './notification/index.ts'
import { openOverview } from './overview/index.ts'
import type { Overview } from './overview/index.ts'
import { allOperations } from './operations.ts'
import { attendPeople, personQueue, personTime } from './person/index.ts'
import {
  answersWeb,
  age,
  askForBytes,
  askOutside,
  crewErrors,
  isAway,
  errorClass,
  listen,
  listenTls,
  lockFolder,
  openCrew,
  openOwnAcme,
  openDatabases,
  openIntake,
  openLog,
  openLoopDelay,
  openMailer,
  openMasterKey,
  openPasswords,
  openPostgres,
  openPublishedWriter,
  openQueue,
  openScanner,
  openSignedHeads,
  openSpool,
  openTelemetry,
  openStaging,
  openTarget,
  openTxt,
  prepareServed,
  readApart,
  systemClock,
  usualPatience,
  within,
  worksOff,
} from './platform/index.ts'
import type {
  AcmeTimes,
  AskTxt,
  BegunPostgres,
  Clock,
  Config,
  Crew,
  Databases,
  Mailer,
  OpenedPostgres,
  PasswordCost,
  Patience,
  PostgresServer,
  ProcessRole,
} from './platform/index.ts'
import {
  advisoryPage,
  answerFollow,
  answerReport,
  linkPage,
  logPage,
  openPageCache,
  postedPage,
  readForm,
  trustPage,
  verifyPage,
} from './portal/index.ts'
import type { Visitor } from './portal/index.ts'
import { leavingQueue, openLeavers } from './review/index.ts'
import type { Leavers, LeavingJob } from './review/index.ts'
import { appQueue, appTime, attendApps, signOffOwn } from './notice/index.ts'
import { attendProcessors, lookAtDocuments, processorQueue, processorTime, watchQueue } from './processor/index.ts'
import type { WatchJob } from './processor/index.ts'
import { findProfile } from './profile/index.ts'
import { attendReports, openReporting, reportLetterQueue, sendReportLetter } from './report/index.ts'
import type { ReportLetterJob } from './report/index.ts'
import { closeRooms } from './room/index.ts'
import { noticePage, openErasures, openRetention, retentionQueue, retentionTime } from './privacy/index.ts'
import type { RetentionJob } from './privacy/index.ts'
import { lookAtSelf } from './self.ts'
import { onceIn, openLead, openPublisher, openRounds, openTaking } from './publication/index.ts'
import type { Submission } from './publication/index.ts'
import { hostOf, openSites, siteQueue, siteTime } from './site/index.ts'
import {
  confirmQueue,
  editionNoter,
  lapseQueue,
  lapseTime,
  noteLapses,
  openSubscribing,
  sendConfirmation,
  sendToSubscribers,
  subscriberLetterQueue,
} from './subscription/index.ts'
import type { ConfirmJob, SubscriberLetterJob } from './subscription/index.ts'
import { homeSlug, logNumber, mayEnter, openRegistry } from './tenant/index.ts'
import type { Registry, Tenant } from './tenant/index.ts'

/** The version of this release. */
export const version = '0.1.0'

/** The name under which a change in any tenant is told; a tenant's own name is its id. */
const anyTenant = 'any tenant'

/** The running server. */
export interface Server extends EditionDependencies {
  /** What this process does of what several share. */
  readonly role: ProcessRole
  /** All processes of this installation. */
  readonly crew: Crew
  /** Where people reach it, without a trailing slash. */
  readonly url: string
  /** Where this machine itself reaches it. */
  readonly local: string
  /** Where art32 itself speaks TLS; null where it does not. */
  readonly ports: {
    readonly tls: number | null
    readonly clientCertificate: number | null
    readonly redirect: number | null
    readonly metrics: number | null
  }
  readonly registry: Registry
  readonly tenants: Tenants
  readonly ledgers: Ledgers
  readonly overview: Overview
  readonly databases: Databases
  readonly accounts: Accounts
  readonly backups: Backups
  readonly moves: Moves
  /** Every operation, for whoever walks them. */
  readonly operations: readonly AnyOperation[]
  readonly read: MeasureDependencies['read']
  /** Whether a mail server is set. */
  readonly mailIsSet: boolean
  /** A new one-time link's token while there is no account yet; null afterwards. */
  issueSetupToken(): Promise<string | null>
  /** A one-time link for a new password, for whoever runs the machine to hand over; null where nobody has this address. */
  issueResetLink(email: string): Promise<string | null>
  /** Ends the sessions of an account, or of everybody. @returns how many; null where nobody has this address */
  endSessions(email: string | null): Promise<number | null>
  /** Works a queued run off in this process and waits for its end, whoever works on it. */
  runNow(slug: string, runId: string): Promise<void>
  /**
   * Reads the files of the TLS certificate again, where there are any; one of its own it orders, where it is due. What is wrong
   * stands in the log. Resolves when all of that is done.
   */
  renewCertificate(): Promise<void>
  /** Lets answers and jobs end for a while, and stops everything that was started. */
  stop(): Promise<void>
}

/** How often a process that works looks after those that died, and how long another one may take to start. Milliseconds. */
const lookAfterMs = 2_000
const startingMs = 120_000

/** How often the files of the certificate are looked at. */
const certificateMs = 60_000
/** Where the migrations of the databases lie. */
export const migrationFolders = () => ({
  controlMigrations: [migrations('ledger'), migrations('control')],
  tenantMigrations: [migrations('ledger'), migrations('tenant')],
})

/** What tests and the CLI may set besides the configuration. */
export interface StartOptions {
  /** Resolves when the workplace is built; pages wait for it, everything else does not. */
  readonly webReady?: Promise<void>
  /** A cheap cost, for tests. */
  readonly passwordCost?: PasswordCost
  /** Other limits than the usual ones, for tests and measurements. */
  readonly limits?: Limits
  /** Another capacity than the usual one, for tests. */
  readonly capacity?: Capacity
  /** Other times until nobody is waited for any more, for tests. */
  readonly patience?: Partial<Patience>
  /** Another rhythm of looking at database servers, for tests. Milliseconds. */
  readonly watch?: { readonly everyMs: number; readonly patienceMs: number }
  /** Told how far the move of a tenant is, for tests that end the process there. */
  readonly moving?: (step: MoveStep) => Promise<void>
  /** Other times until no authority of certificates is waited for any more, for tests. */
  readonly acmeTimes?: Partial<AcmeTimes>
  /** Another way for letters, for tests. */
  readonly mailer?: Mailer
  /** Another way to DNS, for tests. */
  readonly askTxt?: AskTxt
  /** A server that runs already, for tests. */
  readonly postgres?: PostgresServer
  /** What `beginPostgres` began: it is stopped with everything else. */
  readonly begun?: BegunPostgres | undefined
  /** Begins the names of databases on a shared server. */
  readonly prefix?: string
  /** Begins the name of the template that several installations on a shared server have in common, for tests. */
  readonly templatePrefix?: string
  /** Which tenants may reach this machine itself, for tests; otherwise the installation's own only. */
  readonly mayBeLocal?: (tenant: Tenant) => boolean
  /** Single addresses of this machine that a tenant may look at: the demo lets its examples see their vendors' servers. */
  readonly localAddresses?: (tenant: Tenant) => readonly string[]
  /** Another clock than the machine's, for the demo and for tests. */
  readonly clock?: Clock
}

const migrations = (name: string) => fileURLToPath(new URL(`../migrations/${name}`, import.meta.url))
const typefaceFile = fileURLToPath(
  import.meta.resolve('@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2'),
)
const webFolder = fileURLToPath(new URL('../../web/dist', import.meta.url))

/**
 * Starts everything and listens.
 *
 * @throws {config.*, postgres.*, master_key.*} each with its remedy; what was started is stopped again
 */
export async function startServer(config: Config, options: StartOptions = {}): Promise<Server> {
  const clock = options.clock ?? systemClock
  const log = openLog(config.logLevel, clock.now)
  const cleanup: (() => Promise<unknown>)[] = []
  let isStopping = false
  let metricsPort: number | null = null
  const stop = async () => {
    isStopping = true
    for (const step of cleanup.splice(0).toReversed())
      await step().catch((error: unknown) => log.error('stop.failed', { error: errorClass(error) }))
  }
  try {
    const { role } = config
    const [isWeb, works] = [answersWeb(role), worksOff(role)]
    mkdirSync(config.dataFolder, { recursive: true })
    // Also where what comes before it is refused.
    cleanup.push(async () => await options.begun?.server.then(ended, () => undefined))
    if (config.databaseUrl !== null) {
      // What is spooled, staged and signed here is of one process; the embedded database locks the folder itself.
      const unlock = lockFolder(join(config.dataFolder, 'lock'), config.dataFolder)
      cleanup.push(async () => unlock())
    }
    const telemetry = await openTelemetry(config.telemetry, version, log)
    cleanup.push(() => telemetry.stop())
    const masterKey = await openMasterKey(config.masterKey, config.masterKeyFile)
    const postgres = options.postgres ?? (await (options.begun?.server ?? openPostgres(config)))
    if (!options.postgres && !options.begun) cleanup.push(async () => await ended(postgres))
    let continuous: Continuous | null = null
    // After whatever still writes, so that its last words are kept, too.
    cleanup.push(async () => continuous?.stop())
    const databases = await openDatabases(postgres, {
      ...migrationFolders(),
      ...(options.prefix === undefined ? {} : { prefix: options.prefix }),
      ...(options.templatePrefix === undefined ? {} : { templatePrefix: options.templatePrefix }),
      more: config.databaseServers,
      ...(options.watch ? { watch: options.watch } : {}),
    })
    cleanup.push(() => databases.close())
    const crew = await openCrew({
      control: databases.control,
      url: databases.controlUrl,
      role,
      isAlone: postgres.embedded,
      now: clock.now,
      log,
    })
    cleanup.push(() => crew.stop())
    // One after the other: what is made or mended once is not begun by two.
    const started = await crew.hold('start', startingMs)
    if (started === null) throw crewErrors.starting()
    const heads = openSignedHeads(join(config.dataFolder, 'signed-heads'), (error) =>
      log.error('ledger.heads-failed', { error: errorClass(error) }),
    )
    cleanup.push(async () => heads.close())
    const registry = await openRegistry(
      databases,
      masterKey.ring,
      clock.now,
      heads,
      crew,
      config.databaseRoom,
      config.layout,
    )
    if (masterKey.ring.earlier.length > 0) {
      await registry.rewrap(null)
      masterKey.finish()
    }
    const queue = await openQueue(databases.controlUrl, log, telemetry, {
      works,
      crew,
      isShared: !postgres.embedded,
    })
    cleanup.push(() => queue.stop())
    const changes = new EventEmitter().setMaxListeners(0)
    const tellHere = (tenantId: string) => {
      changes.emit(tenantId)
      changes.emit(anyTenant, tenantId)
    }
    const notify = (tenantId: string) => {
      tellHere(tenantId)
      crew.tell({ kind: 'changed', id: tenantId })
    }
    const onChange = (tenantId: string, wake: () => void) => {
      changes.on(tenantId, wake)
      return () => void changes.off(tenantId, wake)
    }
    const witnessing = openWitnessing({
      witnesses: config.witnesses,
      registry,
      control: databases.control,
      ask: askOutside,
      clock,
      log,
      crew,
    })
    const stamping = openStamping({
      authority: config.timeStamps,
      registry,
      control: databases.control,
      clock,
      log,
      crew,
    })
    const witness = openWitness({
      keys: config.witnessedLogs,
      registry,
      control: databases.control,
      heads,
      clock,
      log,
    })
    const ledgers = await openLedgers({
      registry,
      databases,
      clock,
      log,
      changed: notify,
      anchored: async () => {
        if (!works) return
        await witnessing.send()
        await stamping.send()
      },
      witnessed: () => witnessing.compare(),
      cited: citedCommitments,
      relay: (job) => queue.add(job.queue, job),
    })
    cleanup.push(() => ledgers.stop())
    if ((await registry.restoredAt()) !== null) {
      await succeedAll({ registry, ledgers, log })
      await registry.endRestore()
    }
    const moves = openMoves({
      registry,
      databases,
      ledgers,
      clock,
      log,
      ...(options.moving ? { at: options.moving } : {}),
    })
    cleanup.push(async () => moves.stop())
    await moves.finish()
    const staging = openStaging(join(config.dataFolder, 'backup'))
    const { continuous: keepsLog, keep, targets: places } = config.backup
    // Before anything is deleted: the certificate of that says what is kept of it, and until when.
    if (keepsLog) await noteLogGoesOn(databases.control)
    else await noteLogEnd(databases.control, staging, { places: places.length, days: keep.days, now: clock.now() })
    const copiesKept = async () => ({
      backups: places.length > 0,
      log: keepsLog ? { days: keep.days } : await logUntil(databases.control, clock.now()),
    })
    const closings = openClosings({ registry, databases, ledgers, clock, log, crew, kept: copiesKept })
    await closings.finish()
    await removeHalfMade({ registry, closings, crew })
    await started()
    const ownMailer = openMailer(config.mail)
    cleanup.push(async () => ownMailer.close())
    const mailer = options.mailer ?? ownMailer
    // Runs that were killed go on, and what other versions of checks said is judged once more.
    const atFirst = async (tx: TenantContext) => {
      await resumeRuns(tx, crew)
      await resumeJobs(tx)
      await requestRejudge(tx)
    }
    const announce = announcer({ mailIsSet: mailer.isSet, accountsById: (ids) => accounts.byId(ids) })
    const noteEdition = editionNoter(mailer.isSet)
    // What ends the ways of an account into art32 is opened further down; nobody leaves before that.
    let leavers: Leavers | undefined
    const settleLook = async (tx: TenantContext, look: Judged) => {
      // First, so that nothing waits for it that holds a finding.
      await leavers?.looked(tx, look)
      await settleFindings(tx, look)
    }
    const tenants = openTenants(registry, ledgers, clock.now, atFirst, async (tx, happening) => {
      await announce(tx, happening)
      await noteEdition(tx, happening)
      await leavers?.happened(tx, happening)
      await publicationNoter(tx, happening)
    })
    const overview = openOverview({
      control: databases.control,
      tenants,
      now: clock.now,
      log,
      crew,
      counts: works,
    })
    cleanup.push(() => overview.stop())
    changes.on(anyTenant, (tenantId: string) => overview.changed(tenantId))

    // Where art32 speaks TLS to others, what goes in the clear stays on this machine; a process without pages says how it is.
    const tlsSetting = isWeb ? config.tls : null
    const patience = { ...usualPatience, ...options.patience }
    const plain = await listen(config.port, tlsSetting === null ? config.host : '127.0.0.1', patience)
    const listeners = [plain]
    cleanup.push(() => Promise.all(listeners.map((one) => one.close())))
    const acmeSetting = isWeb ? config.acme : null
    if (acmeSetting !== null) await prepareServed(acmeSetting, clock.now())
    const tls = tlsSetting === null ? null : await listenTls(tlsSetting, config.host, patience)
    const secure = tls?.listeners ?? []
    listeners.push(...secure)
    const redirect =
      tlsSetting?.redirectPort == null ? null : await listen(tlsSetting.redirectPort, config.host, patience)
    if (redirect) listeners.push(redirect)
    const readCertificate = () => {
      try {
        if (tls?.renew()) log.warn('tls.renewed')
      } catch (error) {
        log.error('tls.not-renewed', {
          error: errorClass(error),
          ...(error instanceof AppError ? { code: error.code } : {}),
        })
      }
    }
    const acme =
      acmeSetting === null
        ? null
        : await openOwnAcme({
            setting: acmeSetting,
            controlUrl: databases.controlUrl,
            now: clock.now,
            random: Math.random,
            log,
            renewed: readCertificate,
            ...(options.acmeTimes ? { times: options.acmeTimes } : {}),
          })
    cleanup.push(async () => await acme?.stop())
    const renewCertificate = async (hurry = false) => {
      readCertificate()
      await acme?.attend(hurry)
    }
    const renewing = setInterval(() => void renewCertificate(), certificateMs).unref()
    cleanup.push(async () => clearInterval(renewing))
    const { port } = plain
    const url = config.publicUrl ?? (secure[0] ? `https://localhost:${secure[0].port}` : `http://localhost:${port}`)

    /** Where strangers see public pages: at a portal of their own, where there is one. */
    const publicUrl = config.portalUrl ?? url

    const passwords = openPasswords(options.passwordCost)
    // From the secret of the sessions, which a new master key leaves as it is: what is counted and known goes on.
    const derive = (purpose: string) => createHmac('sha256', registry.sessionSecret).update(purpose).digest()
    const attempts = openAttempts({ pool: databases.control, secret: derive('art32 attempts'), now: clock.now })
    const accounts = openAccounts({
      pool: databases.control,
      baseUrl: url,
      deviceSecret: derive('art32 known devices'),
      secret: registry.sessionSecret,
      passwords,
      attempts,
      now: clock.now,
    })
    const recovery = openRecovery({
      pool: databases.control,
      baseUrl: url,
      passwords,
      accounts,
      attempts,
      mailer,
      log,
      now: clock.now,
    })
    const tokens = openTokens(databases.control, clock.now)
    const certificates = openCertificates(databases.control, clock.now)
    const editions: EditionDependencies = {
      registry,
      databases,
      witnessing,
      stamping,
      ...(config.publicUrl === null && config.portalUrl === null ? {} : { url: publicUrl }),
    }
    const welcome = async ({ id }: { id: string }) => {
      for (const tenant of await registry.list()) await tenants.join(tenant.slug, id, 'owner')
    }
    const mayBeLocal = options.mayBeLocal ?? isHome
    const domains = openDomains(databases.control, clock.now)
    const leaving = {
      registry,
      /** Every way in that an account has. */
      endSessions: async (accountId: string) => {
        await Promise.all([accounts.endSessions(accountId), tokens.endAll(accountId), certificates.endAll(accountId)])
      },
      endSessionsThrough: (accountId: string, tenantId: string) => accounts.endSessionsThrough(accountId, tenantId),
    }
    const attending = openLeavers({
      ...leaving,
      accountsById: accounts.byId,
      tokens,
      findAccount: (email) => accounts.findByEmail(email),
    })
    leavers = attending
    const choices = openChoices({
      tenants,
      key: derive('art32 unsubscribe'),
      baseUrl: url,
    })
    const sites = openSites({
      pool: databases.control,
      askTxt: options.askTxt ?? openTxt(),
      baseUrl: url,
      portalUrl: publicUrl,
      now: clock.now,
      unlessAway,
    })
    const subscribingFrom = { tenants, attempts, mailIsSet: mailer.isSet, key: derive('art32 subscription') }
    const subscribing = openSubscribing(subscribingFrom)
    const shield = openShield({ tenants })
    const scanner = config.scanner === null ? null : openScanner(config.scanner)
    const inspector = openInspector(scanner, tenants, async (bytes, by) => await shield.clean(bytes, by))
    const reportingFrom = {
      tenants,
      attempts,
      files: inspector,
      mailIsSet: mailer.isSet,
      key: derive('art32 report'),
      now: clock.now,
    }
    const reporting = openReporting(reportingFrom)
    const erasures = openErasures({ control: databases.control, registry, tenants, now: clock.now, log, crew })
    const retention = openRetention({
      control: databases.control,
      registry,
      tenants,
      now: clock.now,
      log,
      signOff: signOffOwn,
    })
    const requestRetention = (job: RetentionJob = {}) =>
      queue.add(retentionQueue, { id: randomUUID(), payload: job, startAfter: null })
    await erasures.finish()
    const backupTargets = config.backup.targets.map((target) =>
      openTarget(target, join(config.dataFolder, 'backup', 'uploads')),
    )
    const clusterArchive = 'archive' in postgres ? postgres.archive : null
    if (clusterArchive !== null)
      continuous = openContinuous({
        archive: clusterArchive,
        url: postgres.url(postgres.maintenance),
        setting: config.backup,
        ring: masterKey.ring,
        installation: registry.installationId,
        staging,
        targets: backupTargets.map((target) => within(target, registry.installationId)),
        version,
        now: clock.now,
        log,
      })
    const backups = openBackups({
      control: databases.control,
      databases,
      registry,
      ring: masterKey.ring,
      setting: config.backup,
      staging,
      targets: backupTargets,
      continuous,
      settle: async (tenantId) => await ledgers.settle(await registry.open(tenantId)),
      version,
      now: clock.now,
      log,
    })
    await backups.recover()
    continuous?.start()
    const operations: readonly AnyOperation[] = allOperations({
      ...editions,
      tenants,
      crew,
      closings,
      erasures,
      retention,
      requestRetention,
      responsible: config,
      control: databases.control,
      databases,
      backups,
      moves,
      staging,
      requestBackup: (what) =>
        queue.add(what === 'backup' ? backupQueue : drillQueue, { id: randomUUID(), payload: {}, startAfter: null }),
      ledgers,
      clock,
      masterKey,
      witness,
      witnessing,
      accounts,
      recovery,
      attempts,
      read: readApart,
      version,
      baseUrl: url,
      mayBeLocal,
      mailer,
      mailIsSet: mailer.isSet,
      choices,
      files: inspector,
      shield,
      sites,
      judged: settleLook,
      periods: listNoticeDays,
      accountsById: accounts.byId,
      tokens,
      certificates,
      ...leaving,
      domains,
      isOperator: async (account) => {
        const { door } = (await unlessAway(() => registry.openFor(homeSlug, account.id))) ?? {}
        if (!door) return false
        const isOwner = await unlessAway(() =>
          tenants.within(homeSlug, account, ({ caller }) => Promise.resolve(caller.role === 'owner')),
        )
        return isOwner ?? false
      },
      lockedTenantsOf: async ({ id, factors }) =>
        (await registry.listOf(id))
          .filter((tenant) => !mayEnter(tenant, factors))
          .map(({ slug, name }) => ({ slug, name })),
      operators: async () => {
        const owners = async ({ sql }: TenantContext) =>
          await sql.query<{ id: string }>(`select account_id as id from membership where role = 'owner' order by since`)
        const found = await unlessAway(() => tenants.asSystem(homeSlug, owners))
        return found?.rows.map((row) => row.id) ?? []
      },
      operations: () => operations,
      tenantsOf: async (account) => {
        const standing = (slug: string) =>
          tenants.within(
            slug,
            account,
            ({ caller: { role, permissions } }) => Promise.resolve({ role, permissions: [...permissions] }),
            { guests: true, unseen: true },
          )
        const open = (await registry.listOf(account.id)).filter(
          (tenant) => mayEnter(tenant, account.factors) && (account.through ?? tenant.id) === tenant.id,
        )
        const all = await Promise.all(
          open.map(async ({ slug, name, language, needsFactor, role }) => {
            // Where it was seen before no database is opened; a token's and a provider's session see by themselves.
            const found = role
              ? { role, permissions: [...permissionsOf(role)] }
              : await unlessAway(() => standing(slug)).catch((error: unknown) => {
                  // Nobody can say how they stand in it, and they may enter all the others.
                  if (!isAway(error)) throw error
                  return undefined
                })
            return found === undefined ? [] : [{ slug, name, language, needsFactor, ...found }]
          }),
        )
        return all.flat()
      },
      welcome,
      overview,
      listTenantsOf: async ({ id, factors }) =>
        (await registry.listOf(id, 'member')).filter((tenant) => mayEnter(tenant, factors)),
      now: clock.now,
    })
    const kept = openPageCache(
      clock.now,
      (changed) => changes.on(anyTenant, changed),
      () => crew.hears(),
    )
    /** What all public pages link to, at whatever host. */
    const commonPage = async (request: Request) => {
      const { pathname } = new URL(request.url)
      const language = languageFor(request)
      return noticePage(pathname, language, config) ?? (await verifyPage(pathname, language))
    }
    /** Where it was asked for, at the host that the installation is reached by. */
    const advisories = (path: string, request: Request, base?: string) => {
      const { pathname, host } = new URL(request.url)
      return advisoryPage(
        {
          path,
          language: languageFor(request),
          ...(base === undefined ? {} : { base }),
          url: base === '' ? `https://${host}${pathname}` : `${publicUrl}${pathname}`,
        },
        { tenants, homeOf: sites.homeOf, typeface: () => readFile(typefaceFile), version },
      )
    }
    const publicPage = async (path: string, request: Request, visitor: Pick<Visitor, 'isLocal' | 'account' | 'base'>) =>
      (await answerFollow({ path, request, ...visitor, group: '' }, subscribing)) ??
      (await answerReport({ path, request, language: languageFor(request), ...visitor, group: '' }, reporting)) ??
      (await advisories(path, request, visitor.base)) ??
      (await linkPage(path, languageFor(request), { registry, tenants })) ??
      (await trustPage(
        path,
        { ...visitor, ...askedOf(request), headers: request.headers },
        {
          ...editions,
          tenants,
          typeface: () => readFile(typefaceFile),
          pages: kept,
          baseUrl: publicUrl,
          homeOf: sites.homeOf,
          writesLetters: subscribing.offers,
        },
      ))
    const missing = openReadiness({
      database: async () => (await databases.control.query('select 1')).rowCount === 1,
      migrations: () => databases.isCurrent(),
      queue: () => Promise.resolve(queue.isAlive()),
      running: () => Promise.resolve(!isStopping),
    })
    const away = () =>
      databases
        .servers()
        .filter(({ state }) => state === 'away')
        .map(({ name }) => name)
    /** What is public at the host of the installation; undefined: the address is one of the workplace. */
    const shownHere = async (request: Request, visitor: Pick<Visitor, 'isLocal' | 'account'>) => {
      const { pathname } = new URL(request.url)
      const common = await commonPage(request)
      if (common) return common
      // The installation's own security.txt and advisories: those of its own tenant.
      if (pathname.startsWith('/.well-known/')) return await advisories(`${homeSlug}${pathname}`, request)
      if (pathname === '/ledger/checkpoint') return checkpointPage((await witnessing.newest())?.note ?? null)
      const logged = await logPage(request, { registry, databases, tenants })
      if (logged) return logged
      if (!pathname.startsWith('/trust/')) return undefined
      return await publicPage(pathname.slice('/trust/'.length), request, visitor)
    }
    const nobody = { isLocal: false, account: null } as const
    /** At a domain of a tenant's own. */
    const shownAt = async (slug: string, path: string, request: Request) =>
      (await commonPage(request)) ?? (await publicPage(`${slug}${path}`, request, { ...nobody, base: '' }))
    const files = webFiles(webFolder, options.webReady ?? Promise.resolve())
    const served: Parameters<typeof createApp>[0] = {
      operations,
      tenants,
      baseUrl: url,
      version,
      log,
      telemetry,
      otherOrigins: secure.map((one) => `https://${new URL(url).hostname}:${one.port}`),
      front: {
        proxies: trustedProxies(config.trustedProxies),
        certificateHeader: config.clientCertificateHeader,
      },
      role,
      missing,
      away,
      spool: openSpool(join(config.dataFolder, 'spool')),
      limiter: openLimiter(options.limits ?? usualLimits, () => clock.now().getTime()),
      whoIs: (shown) => telemetry.span('who', {}, () => whoSends(shown, { accounts, tokens, certificates })),
      isConfirmed: (means) => accounts.isConfirmed(means),
      authenticate: (request, peer) => accounts.handle(request, peer),
      signIn: openSignIn({
        accounts,
        registry,
        tenants,
        domains,
        attempts: openSignInAttempts(databases.control, clock.now),
        openId: openOpenId(askOutside, clock.now),
        mayBeLocal,
        redirectBase: `${url}${redirectPath}`,
      }),
      scim: openScim({ ...leaving, accounts, tenants, domains, baseUrl: url }),
      unsubscribe: (token) => choices.unsubscribe(token),
      witness,
      calendar: (token) => readFeed(tenants, token, url),
      onChange,
      async forms(request, group) {
        const path = new URL(request.url).pathname.slice('/trust/'.length)
        const page = await answerReport({ path, request, language: languageFor(request), group }, reporting)
        return page === undefined ? await answerFollow({ path, request, group }, subscribing) : page
      },
      posted: (form) => postedPage(form, { registry, tenants }),
      async pages(request, nonce, account) {
        const isLocal = isLoopback(config) && !isForwarded(request.headers)
        const page = await shownHere(request, { isLocal, account })
        return page === undefined ? await files(new URL(request.url).pathname, nonce) : page
      },
    }
    const app = createApp(served)
    const api = { operations: () => operations, ask: openInside(served) }
    const site = openSiteFront({
      at: sites.at,
      page: shownAt,
      async post(slug, path, request, group) {
        const language = languageFor(request)
        const report = await answerReport({ path: `${slug}${path}`, request, language, base: '', group }, reporting)
        if (report !== undefined) return report
        const page = await answerFollow({ path: `${slug}${path}`, request, base: '', group }, subscribing)
        if (page !== undefined) return page
        const form = await readForm(request)
        const posted = { path: `${slug}${path}`, language }
        return form && (await postedPage({ ...posted, form }, { registry, tenants }))
      },
      front: served.front,
      limiter: served.limiter,
      log,
    })
    /** What a portal took in goes the way of what is posted here. */
    const hand = async ({ envelope, body, claim }: Submission): Promise<Response | null> => {
      const { slug, form, language, link, type, group, token, atSite } = envelope
      const base = atSite ? '' : `/trust/${slug}`
      const path = `${slug}/${form}`
      const query = new URLSearchParams({ language, ...(link === '' ? {} : { token: link }) }).toString()
      const request = new Request(`${publicUrl}${base}/${form}?${query}`, {
        method: 'POST',
        headers: { 'content-type': type },
        body: new Uint8Array(body),
      })
      const taken = { at: new Date(envelope.at), token, claim }
      if (form === 'report')
        return (
          (await answerReport({ path, request, language, base, group }, openReporting({ ...reportingFrom, taken }))) ??
          null
        )
      if (form === 'subscribe' || form === 'confirm' || form === 'unsubscribe')
        return (
          (await answerFollow({ path, request, base, group }, openSubscribing({ ...subscribingFrom, claim }))) ?? null
        )
      const fields = await readForm(request)
      const posted = fields && { path, language, form: fields }
      return posted && (await postedPage(posted, { registry, tenants: onceIn(tenants, claim), taken }))
    }
    const delay = openLoopDelay()
    cleanup.push(async () => delay.close())
    const gate = openGate({
      capacity: options.capacity ?? usualCapacity,
      proxies: served.front.proxies,
      delay: () => delay.now(),
      random: Math.random,
      now: () => clock.now().getTime(),
      log,
    })
    const listener = getRequestListener((request, env) =>
      gate.through(incomingOf(env), async () => (await site(request, env)) ?? (await app.fetch(request, env))),
    )
    if (!isWeb) plain.answer(answerHealth(role, missing, away))
    for (const one of isWeb ? [plain, ...secure] : [])
      one.answer((request, response) => {
        if (gate.admit(request, response)) void listener(request, response)
      })
    redirect?.answer(
      toTls(
        async (said) => {
          const host = hostOf(said ?? null)
          return (await sites.at(host))?.kind === 'site' && host !== null ? `https://${host}` : url
        },
        (path) => acme?.challenge(path) ?? null,
      ),
    )
    // From here on the authority is answered; nobody waits for the certificate.
    void acme?.attend()

    if (config.telemetry.port !== null) {
      const metrics = await listen(config.telemetry.port, config.telemetry.host, patience)
      listeners.push(metrics)
      metricsPort = metrics.port
      metrics.answer(answerMetrics({ token: config.telemetry.token, text: () => telemetry.text() }))
    }
    telemetry.reads(async () => {
      const { totalCount, idleCount, waitingCount } = databases.control
      return {
        ...gate.standing(),
        delaySeconds: delay.now() / 1_000,
        connections: { open: totalCount, idle: idleCount, waiting: waitingCount },
        jobs: await queue.count().catch(() => []),
        isReady: (await missing()).length === 0,
        role,
        servers: databases.servers().map(({ name, state }) => ({ name, isUp: state === 'up' })),
        certificateSeconds: tls === null ? null : (tls.validUntil().getTime() - clock.now().getTime()) / 1_000,
      }
    })

    const context: RunDependencies['context'] = {
      now: clock.now,
      budgets: openBudgets(),
      answers: openAnswers(),
      application: {
        url: databases.observerUrl,
        passwordTest: `${isWeb ? `http://localhost:${port}` : url}/api/account/weigh_password`,
      },
      self: () =>
        lookAtSelf({
          config,
          databases,
          registry,
          passwords,
          accounts,
          recovery,
          tenants,
          // The one that only leads to TLS answers nothing.
          listens: [plain, ...secure],
          retention,
          backups,
          api,
          now: clock.now,
          firstPage: async () => (await app.request('/')).headers,
          notice: async () => await app.request('/privacy'),
        }),
    }
    const runs: RunDependencies = {
      tenants,
      context,
      mayBeLocal,
      localAddresses: options.localAddresses,
      random: Math.random,
      notify,
      onChange,
      judged: settleLook,
      crew,
    }
    // Two, each of another tenant: a vendor that is asked slowly for a long time holds up nobody else.
    await queue.work<RunJob>(runQueue, { expireSeconds: 900, atOnce: 2 }, (job) => unlessAway(() => run(job, runs)))
    const objectWork = openObjectWork({
      tenants,
      shield,
      log,
      mayBeLocal,
      notify,
      onChange,
      crew,
    })
    cleanup.push(async () => objectWork.stop())
    await queue.work<ObjectJob>(objectQueue, { expireSeconds: 900, atOnce: 2 }, (job) =>
      unlessAway(() => objectWork.work(job)),
    )
    await queue.work<RejudgeJob>(rejudgeQueue, { expireSeconds: 300 }, (job) =>
      unlessAway(() => rejudge(job, { tenants, judged: settleLook })),
    )
    await queue.work<SecondLook>(secondLookQueue, { expireSeconds: 60 }, (job) =>
      unlessAway(() => tenants.asSystem(job.tenantId, (tx) => lookTwice(tx, job))),
    )
    await queue.work<LeavingJob>(leavingQueue, { expireSeconds: 120 }, (job) =>
      unlessAway(() => tenants.asSystem(job.tenantId, (tx) => attending.attend(tx, job))),
    )
    await queue.work<GuidelineJob>(guidelineQueue, { expireSeconds: 60 }, ({ tenantId }) =>
      unlessAway(() => tenants.asSystem(tenantId, attendGuidelines)),
    )
    await queue.work<IncidentJob>(incidentQueue, { expireSeconds: 120 }, ({ tenantId }) =>
      unlessAway(() => tenants.asSystem(tenantId, attendIncidents)),
    )
    await queue.work<ExceptionJob>(exceptionQueue, { expireSeconds: 60 }, ({ tenantId }) =>
      unlessAway(() => tenants.asSystem(tenantId, attendExceptions)),
    )
    await queue.work<AnchorJob>(anchorQueue, { expireSeconds: 60 }, ({ tenantId, isPublished }) =>
      unlessAway(async () => {
        await ledgers.anchor(await registry.open(tenantId))
        if (isPublished) await stamping.want()
        await witnessing.send()
        await stamping.send()
      }),
    )
    await queue.work<InvitationJob>(invitationQueue, { expireSeconds: 120 }, (job) =>
      unlessAway(() => sendInvitation(job, { tenants, baseUrl: url, mailer })),
    )
    await queue.work<DisclosureJob>(disclosureQueue, { expireSeconds: 120 }, (job) =>
      unlessAway(() => sendDisclosure(job, { tenants, baseUrl: url, mailer })),
    )
    await queue.work<EndJob>(endQueue, { expireSeconds: 60 }, ({ tenantId }) =>
      unlessAway(async () => {
        await tenants.asSystem(tenantId, async (tx) => {
          await endGrants(tx)
          await closeRooms(tx)
        })
      }),
    )
    await queue.work<Look>(lookQueue, { expireSeconds: 60 }, ({ tenantId, connectionId }) =>
      unlessAway(() => lookAgain(tenantId, connectionId, runs)),
    )
    const letters = { tenants, log, mailer, choices, baseUrl: url, accountsById: accounts.byId }
    const patient = { expireSeconds: 600, retries: 8, retrySeconds: 60 }
    await queue.work<LetterJob>(letterQueue, patient, (job) => unlessAway(() => sendLetters(job, letters)))
    await queue.work<ControllerNoticeJob>(controllerNoticeQueue, patient, (job) =>
      unlessAway(() => sendControllerNotice(job, { tenants, mailer })),
    )
    await queue.work<RequestLetterJob>(requestLetterQueue, patient, (job) =>
      unlessAway(() => sendRequestLetter(job, { tenants, mailer })),
    )
    const reportLetters = {
      tenants,
      mailer,
      attempts,
      baseUrl: url,
      reporting,
      log,
      async contactOf(tx: TenantContext) {
        const [first] = (await findProfile(tx)).contact?.contacts ?? []
        return first?.replace(/^(mailto|tel):/, '') ?? `${await sites.homeOf(tx.tenant)}/report`
      },
    }
    await queue.work<ReportLetterJob>(reportLetterQueue, { ...patient, atOnce: 4 }, (job) =>
      unlessAway(() => sendReportLetter(job, reportLetters)),
    )
    const deliveries = { tenants, mayBeLocal, random: Math.random }
    await queue.work<DeliveryJob>(webhookQueue, { expireSeconds: 60, atOnce: 4 }, (job) =>
      unlessAway(() => deliver(job, deliveries)),
    )
    const subscriberLetters = {
      periods: listNoticeDays,
      tenants,
      log,
      mailer,
      subscribing,
      homeOf: sites.homeOf,
      baseUrl: publicUrl,
    }
    await queue.work<ConfirmJob>(confirmQueue, { ...patient, atOnce: 4 }, (job) =>
      unlessAway(() => sendConfirmation(job, subscriberLetters)),
    )
    await queue.work<SubscriberLetterJob>(subscriberLetterQueue, { ...patient, atOnce: 2 }, (job) =>
      unlessAway(() => sendToSubscribers(job, subscriberLetters)),
    )
    const notices = { tenants, log, mailer, homeOf: sites.homeOf }
    await queue.work<NoticeJob>(noticeQueue, { ...patient, atOnce: 2 }, (job) =>
      unlessAway(() => sendNotices(job, notices)),
    )
    /** Works in one tenant after the other; one that went, or whose database server is away, keeps nobody else waiting. */
    const eachTenant = async (work: (id: string) => Promise<unknown>) => {
      for (const { id } of await registry.list())
        await unlessAway(() => work(id)).catch((error: unknown) => {
          if (!isAway(error)) throw error
          log.warn('tenant.server-away', { tenant: id, error: errorClass(error) })
        })
    }
    await queue.work<object>(lapseQueue, { expireSeconds: 3_600 }, async () => {
      if (mailer.isSet) await eachTenant((id) => tenants.asSystem(id, noteLapses))
    })
    await queue.repeat(lapseQueue, lapseTime)
    await queue.work<object>(dutyQueue, { expireSeconds: 3_600 }, async () => {
      await eachTenant(async (id) => {
        await tenants.asSystem(id, attendDuties)
        await tenants.asSystem(id, attendReports)
      })
    })
    await queue.repeat(dutyQueue, dutyTime)
    await queue.work<object>(requestQueue, { expireSeconds: 3_600 }, async () => {
      await eachTenant((id) => tenants.asSystem(id, attendRequests))
    })
    await queue.repeat(requestQueue, requestTime)
    await queue.work<object>(personQueue, { expireSeconds: 3_600 }, async () => {
      await eachTenant((id) => tenants.asSystem(id, attendPeople))
    })
    await queue.repeat(personQueue, personTime)
    await queue.work<object>(contractQueue, { expireSeconds: 3_600 }, async () => {
      await eachTenant((id) =>
        tenants.asSystem(id, async (tx) => {
          await attendCustomers(tx)
          await attendNotices(tx)
        }),
      )
    })
    await queue.repeat(contractQueue, contractTime)
    await queue.work<object>(appQueue, { expireSeconds: 3_600 }, async () => {
      await eachTenant((id) => tenants.asSystem(id, attendApps))
    })
    await queue.repeat(appQueue, appTime)
    await queue.work<object>(fileQueue, { expireSeconds: 3_600 }, async () => {
      await eachTenant(async (id) => {
        while (await tenants.asSystem(id, attendFiles));
      })
    })
    await queue.repeat(fileQueue, fileTime)
    const watching = { tenants, files: inspector, askForBytes, read: readApart, mayBeLocal }
    await queue.work<WatchJob>(watchQueue, { expireSeconds: 600 }, ({ tenantId }) =>
      unlessAway(() => lookAtDocuments(tenantId, watching)),
    )
    await queue.work<object>(processorQueue, { expireSeconds: 3_600 }, async () => {
      await eachTenant(async (id) => {
        await tenants.asSystem(id, attendProcessors)
        await lookAtDocuments(id, watching)
      })
    })
    await queue.repeat(processorQueue, processorTime)
    await queue.work<object>(siteQueue, { expireSeconds: 3_600 }, () => sites.lookAtAll(tenants))
    await queue.repeat(siteQueue, siteTime)
    await queue.work<RetentionJob>(retentionQueue, { expireSeconds: 3_600 }, async (job) => {
      await erasures.finish()
      await retention.run(job)
    })
    await queue.repeat(retentionQueue, retentionTime)
    // A backup of many tenants takes long; one that died is found by the next night, and noted.
    // Of several processes those do it that have the places and their keys.
    const nightly = { expireSeconds: 12 * 3_600, retries: 0, isElsewhere: !backups.isSetUp && role !== 'all' }
    await queue.work<object>(backupQueue, nightly, () => backups.make())
    await queue.work<object>(sendQueue, nightly, () => backups.send())
    await queue.work<object>(drillQueue, nightly, async () => void (await backups.drill()))
    if (backups.isSetUp) {
      await queue.repeat(backupQueue, backupTime)
      await queue.repeat(sendQueue, sendTime)
      await queue.repeat(drillQueue, drillTime)
    }
    if (works && (await retention.isDue())) await requestRetention({ catchesUp: true })

    /** What others had in hand goes on here: their last changes may have been told to nobody. */
    const inherit = async (dead: readonly string[]) => {
      const left = await registry.adopt(dead)
      for (const id of left) notify(id)
      await ledgers.sweep(left)
    }
    /** After a start, and while this process works: what nobody is at any more is done. */
    const lookAfter = async (isStart: boolean) => {
      let died = isStart
      await crew.takeOver(async (dead) => {
        died = true
        await inherit(dead)
      })
      await inherit([])
      if (!died) return
      await closings.finish()
      await removeHalfMade({ registry, closings, crew })
      await erasures.finish()
      await finishRotations({ registry, tenants, masterKey, crew })
    }
    crew.onWord(
      (word) => {
        const failed = (error: unknown) => log.warn('crew.failed', { error: errorClass(error) })
        if (word.kind === 'changed') tellHere(word.id)
        if (word.kind === 'keys') registry.refreshKeys(word.id).catch(failed)
        if (word.kind === 'installation') registry.refreshInstance().catch(failed)
      },
      () => {
        kept.dropAll()
        ledgers.noteAnew()
        for (const name of changes.eventNames()) if (name !== anyTenant) changes.emit(name)
        Promise.all([registry.refreshAllKeys(), registry.refreshInstance()]).catch((error: unknown) =>
          log.warn('crew.failed', { error: errorClass(error) }),
        )
      },
    )
    await lookAfter(true)
    let looking: Promise<void> | null = null
    // The embedded database has no other process.
    if (works && !postgres.embedded) {
      const rounds = setInterval(() => {
        looking ??= lookAfter(false)
          .catch((error: unknown) => log.warn('crew.failed', { error: errorClass(error) }))
          .finally(() => (looking = null))
      }, lookAfterMs).unref()
      cleanup.push(async () => {
        clearInterval(rounds)
        await looking
      })
    }
    if (role !== 'all') log.info('server.started', { code: role, port })
    if (works && (config.publishedFolder !== null || config.intakeFolder !== null)) {
      const lead = openLead(databases.control, 'art32 publication')
      const identity = await age.identityOf(derive('art32 intake'))
      const publisher =
        config.publishedFolder === null
          ? null
          : openPublisher({
              writer: openPublishedWriter(config.publishedFolder),
              url: publicUrl,
              workplace: url,
              recipient: identity.recipient,
              version,
              listTenants: () => registry.list(),
              listSites: sites.list,
              logOf: async (id) => {
                const { firstOrigin, tenant } = await registry.open(id)
                return logFolder('/log', logNumber(firstOrigin, tenant.origin))
              },
              ownLog: logFolder('/ledger/log', logNumber(registry.firstOrigin, registry.instance.name)),
              ask: async (request) => (await shownHere(request, nobody)) ?? null,
              askSite: shownAt,
              onChange: (changed) => changes.on(anyTenant, changed),
              now: clock.now,
              log,
            })
      const taking =
        config.intakeFolder === null
          ? null
          : openTaking({
              intake: openIntake(config.intakeFolder, () => clock.now().getTime()),
              identity,
              hand,
              now: clock.now,
              log,
            })
      const working = openRounds(
        async () => {
          if (!(await lead.has())) return
          await taking?.round()
          await publisher?.round()
        },
        (error) => log.error('publication.failed', { error: errorClass(error) }),
      )
      cleanup.push(() => lead.stop())
      cleanup.push(() => working.stop())
    }
    // A crash between the first account and its tenants would leave an installation that nobody can enter.
    const first = await accounts.findFirst()
    if (first && (await registry.listOf(first.id)).length === 0) await welcome(first)

    return {
      ...editions,
      role,
      crew,
      tenants,
      ledgers,
      overview,
      accounts,
      backups,
      moves,
      operations,
      url,
      local: `http://localhost:${port}`,
      ports: {
        tls: secure[0]?.port ?? null,
        clientCertificate: secure[1]?.port ?? null,
        redirect: redirect?.port ?? null,
        metrics: metricsPort,
      },
      read: readApart,
      mailIsSet: mailer.isSet,
      issueSetupToken: async () => await accounts.issueSetupToken({ unlessIssued: (await crew.others()) > 0 }),
      issueResetLink: (email) => recovery.issueResetLink(email),
      async endSessions(email) {
        if (email === null) return await accounts.endEverySession()
        const account = await accounts.findByEmail(email)
        return account === undefined ? null : await accounts.endSessions(account.id)
      },
      renewCertificate: () => renewCertificate(true),
      runNow: async (slug, runId) => runToEnd({ tenantId: (await registry.open(slug)).tenant.id, runId }, runs),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Where a log lies: one that goes on after a restore has a folder of its own. */
function logFolder(base: string, number: number): string {
  return number === 1 ? base : `${base}/${number}`
}

/** After a restore nobody knows what was signed since the backup: every ledger goes on under a new name. */
async function succeedAll({
  registry,
  ledgers,
  log,
}: {
  registry: Registry
  ledgers: Ledgers
  log: ReturnType<typeof openLog>
}): Promise<void> {
  const nobody = ''
  await ledgers.compareInstance(nobody)
  for (const { id } of await registry.list())
    try {
      const open = await registry.open(id)
      const client = await open.connections.connect()
      const state = await findState(client).finally(() => client.release())
      // No ledger was begun in which one could be contradicted.
      if (state) await ledgers.compare(open, nobody)
    } catch (error) {
      // The backup has no database of it; the others go on.
      log.error('restore.tenant-missing', { tenant: id, error: errorClass(error) })
    }
}

/** Works in a tenant; one that was suspended or deleted meanwhile needs it no more. */
async function unlessAway<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (
      error instanceof AppError &&
      ['tenant.not_found', 'tenant.suspended', 'tenant.factor_needed', 'tenant.own_sign_in'].includes(error.code)
    )
      return undefined
    throw error
  }
}

/** Stops a database server that was started here. */
async function ended(postgres: OpenedPostgres): Promise<void> {
  if ('stop' in postgres) await postgres.stop()
}

/** What a visitor of a public page asks for by its address. */
function askedOf(request: Request): Pick<Visitor, 'language' | 'view' | 'preset'> {
  const { searchParams } = new URL(request.url)
  return { language: languageOf(request), view: searchParams.get('view'), preset: searchParams.get('preset') }
}

/** The language that a visitor asks for, or else the one that the browser says. */
function languageFor(request: Request): 'en' | 'de' {
  const said = request.headers.get('accept-language')?.startsWith('de') ? 'de' : 'en'
  return languageOf(request) ?? said
}

function languageOf(request: Request): 'en' | 'de' | null {
  const language = new URL(request.url).searchParams.get('language')
  return language === 'en' || language === 'de' ? language : null
}

/** Only the installation's own tenant looks at the machine it runs on. */
function isHome(tenant: Tenant): boolean {
  return tenant.slug === homeSlug
}

/** Whether a proxy stands in between: then whoever asks is not at the machine, although the connection is. */
function isForwarded(headers: Headers): boolean {
  return ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'].some((name) => headers.has(name))
}

/** Whether only this machine can reach the server: then whoever sees a page sits at it. */
function isLoopback({ host, publicUrl }: Config): boolean {
  return publicUrl === null && ['127.0.0.1', '::1', 'localhost'].includes(host)
}

/** For monitors and whoever verifies: the newest head of the installation's ledger that others vouch for. */
function checkpointPage(note: string | null): Response {
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }
  if (note === null)
    return new Response('No witness has cosigned the ledger of this installation.\n', { status: 404, headers })
  return new Response(note, { headers })
}
