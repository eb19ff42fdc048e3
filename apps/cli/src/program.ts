import { readFileSync } from 'node:fs'
import { Command, CommanderError, Option } from 'commander'
import type { AnnexCommandOptions } from './annex.ts'
import type { BackupOptions, DrillOptions, RestoreOptions } from './backup.ts'
import type { CallOptions } from './call.ts'
import type { DoctorOptions } from './doctor.ts'
import { failOns } from './prove-policy.ts'
import type { LookOptions } from './look.ts'
import type { CollectOptions } from './collect.ts'
import type { CompareOptions } from './compare.ts'
import type { OscalOptions } from './oscal.ts'
import type { ProveOptions } from './prove.ts'
import type { DrillKeyOptions, DrillVerifyOptions } from './drill-key.ts'
import type { DrillRunOptions } from './drill-run.ts'
import type { ReadOptions } from './read.ts'
import type { RecomputeOptions } from './recompute.ts'
import { Refusal } from './refusal.ts'
import type { RejudgeOptions } from './rejudge.ts'
import type { ShieldOptions } from './shield.ts'
import { addShieldDatabase, addShieldVault } from './shield-commands.ts'
import type { ServeOptions } from './serve.ts'
import type { SignInOptions } from './sign-in.ts'
import { clean, type Terminal } from './terminal.ts'
import type { LogOptions } from './log.ts'
import type { PlacementOptions } from './placement.ts'
import type { TransferOptions } from './transfer.ts'
import type { ProofOptions } from './proof.ts'
import type { VerifyOptions } from './verify.ts'
import type { WitnessOptions } from './witness.ts'
import type { WatchOptions } from './watch.ts'

/**
 * Runs one command.
 *
 * @returns its exit status; undefined while a server stays
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<number | undefined> {
  let exit: number | undefined = 0
  const program = build(terminal, (status) => (exit = status))
  try {
    await program.parseAsync([...args], { from: 'user' })
    return exit
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (error instanceof Refusal) {
      terminal.err(`art32: ${error.message}\n`)
      return error.exit
    }
    terminal.err(
      `art32 made a mistake, please report it: ${error instanceof Error ? (error.stack ?? error.name) : 'unknown'}\n`,
    )
    return 2
  }
}

/** A domain that vouches for the key of a log. */
interface DomainOptions {
  readonly domain?: string
  readonly dnsServer?: string
}

async function withDomain<T extends VerifyOptions & DomainOptions>(options: T, domain: string): Promise<T> {
  const { keysInDns } = await import('./dns-key.ts')
  return { ...options, key: [...(options.key ?? []), ...(await keysInDns(domain, options.dnsServer))] }
}

type End = (exit: number | undefined) => void

function build(terminal: Terminal, end: End): Command {
  const program = new Command('art32')
    .description('Makes the security promises of Art. 32 GDPR provable.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'explain a command')
    .exitOverride()
    .configureOutput({
      writeOut: terminal.out,
      writeErr: terminal.err,
      outputError: (text, write) => write(redact(text.replace(/^error: /, 'art32: '))),
      getOutHelpWidth: () => terminal.columns,
      getErrHelpWidth: () => terminal.columns,
    })
    .showHelpAfterError('(art32 help explains the commands)')
    .addHelpText(
      'after',
      '\nExit status: 0 done and in order, 1 looked at and not in order, 2 could not be looked at (of prove: 2 wrong use, 3 nothing could be looked at).\nThe guide is docs/guides/command-line.md.',
    )
  addLocal(program, terminal, end)
  addInstallation(program, terminal, end)
  addRemote(program, terminal, end)
  addCustody(program, terminal, end)
  addPlacement(program, terminal, end)
  addBackup(program, terminal, end)
  addKeys(program, terminal, end)
  return program
}

/** Commands that need no server. */
function addLocal(program: Command, terminal: Terminal, end: End): void {
  program.commandsGroup('Without a server:')
  program
    .command('read')
    .description('read TOM documents (txt, md, html, docx, pdf): measures, coverage, faults')
    .argument('<FILE...>', 'documents in English or German')
    .option('--json', 'print an array of documents, schema art32.read/1')
    .addOption(new Option('--language <language>', 'language of messages').choices(['en', 'de']).default('en'))
    .action(async (files: string[], options: ReadOptions) => {
      const { read } = await import('./read.ts')
      end(await read(files, options, terminal))
    })
  program
    .command('compare')
    .description('set two documents, editions or proof bundles side by side')
    .argument('<FIRST>', 'a document, an edition as JSON, or a proof bundle')
    .argument('<SECOND>', 'another one')
    .option('--versions', 'the second is a later version of the first: line by line, status 1 if it promises less')
    .option('--html <file>', 'also write the table as a page that can be printed')
    .option('--json', 'print the schema art32.compare/1')
    .addOption(new Option('--language <language>', 'language of messages').choices(['en', 'de']).default('en'))
    .action(async (first: string, second: string, options: CompareOptions) => {
      const { compare } = await import('./compare.ts')
      end(await compare(first, second, options, terminal))
    })
  program
    .command('oscal')
    .description('write an edition as OSCAL: catalog, component definition, assessment results, plan of action')
    .argument('<EDITION>', 'an edition as JSON, a proof bundle, or the address of a trust page')
    .addOption(
      new Option('--model <model>', 'which one is printed').choices([
        'catalog',
        'component-definition',
        'assessment-results',
        'poam',
      ]),
    )
    .option('--output <file>', 'keep it in a file')
    .option('--folder <folder>', 'keep all of them in a folder')
    .action(async (edition: string, options: OscalOptions) => {
      const { oscal } = await import('./oscal.ts')
      end(await oscal(edition, options, terminal))
    })
  program
    .command('prove')
    .description('look at live systems and judge what is seen')
    .option('--target <target>', 'https://…, tls://…, postgres://…, dns:…, git:…, versions:…; may be repeated', collect)
    .option('--connections <file>', 'a list of connectors with their settings, in YAML or JSON')
    .option('--host', 'look at this machine')
    .option('--only <check,…>', 'judge by these checks only; may be repeated', collect)
    .option(
      '--param <check.name=value>',
      'a parameter of a check, as in tls.expiry.failDays=30; may be repeated',
      collect,
    )
    .option('--timeout <seconds>', 'time for a target that does not answer', '30')
    .option('--format <form>', 'what is printed: text, json, oscal, ocsf, sarif, junit or csv')
    .option('--json', 'the same as --format json, schema art32.prove/1')
    .option(
      '--output <[form=]file>',
      'keep it in a file, by --format or in a form of its own, as in junit=report.xml; may be repeated',
      collect,
    )
    .addOption(
      new Option('--fail-on <severity>', 'from which severity on a fault makes the exit status 1')
        .choices(failOns)
        .default('low'),
    )
    .option('--fail-on-not-evaluated', 'what could not be looked at makes the exit status 1')
    .option('--exceptions <file>', 'a list of declared exceptions, in YAML or JSON; what they cover does not count')
    .addHelpText(
      'after',
      '\nExit status: 0 in order, 1 not in order by the policy, 2 wrong use, 3 nothing could be looked at.',
    )
    .action(async (options: ProveOptions) => {
      const { prove } = await import('./prove.ts')
      end(await prove(options, version(), terminal))
    })
  addShield(program, terminal, end)
  program
    .command('recompute')
    .description('compute a past verdict again by this release, from what outcome.facts printed')
    .argument('<FILE>', 'the JSON of art32 call outcome.facts')
    .option('--json', 'print the outcomes')
    .action(async (file: string, options: RecomputeOptions) => {
      const { recompute } = await import('./recompute.ts')
      end(await recompute(file, options, terminal))
    })
  program
    .command('collect')
    .description('collect facts where art32 does not run')
    .command('host')
    .description('what this computer says about itself, as JSON; or send it to a server')
    .option('--push <url>', 'send it to this server, with the API token in ART32_TOKEN')
    .option('--tenant <slug>', 'the tenant to send it to')
    .option('--label <text>', 'what stands on the sticker of the computer; never the name of a person')
    .option('--output <file>', 'write it to a file')
    .option('--id', 'print the id of this computer and end')
    .action(async (options: CollectOptions) => {
      const { collectThisHost } = await import('./collect.ts')
      end(await collectThisHost(options, version(), terminal))
    })
  program
    .command('verify')
    .description('check a proof bundle or a proof file: what is proven, and what is not')
    .argument('<BUNDLE|URL|PROOF>', 'a zip file, a folder, the address of a trust page, or a .tlog-proof file')
    .option('--key <vkey>', 'a key of the log that you got another way; may be repeated', collect)
    .option(
      '--domain <name>',
      'take the key from the TXT record at _art32.<name>; whoever has the domain vouches for it',
    )
    .option('--dns-server <address>', 'the name server to ask for --domain; by default that of this machine')
    .option(
      '--held <file>',
      'a checkpoint or a bundle that you kept; the log must continue it; may be repeated',
      collect,
    )
    .option(
      '--policy <file>',
      'your own policy (c2sp.org/tlog-policy): keys of logs, witnesses, and who must have cosigned',
    )
    .option('--tsa-root <file>', 'a root certificate (PEM) that you trust for time stamps; may be repeated', collect)
    .option('--entry <file>', 'the entry of a plain .tlog-proof file, which has none in it')
    .option('--save-checkpoint <file>', 'keep the checkpoint of what holds; one that is there must be continued')
    .option('--recheck', 'look again from here at what can be seen from outside (TLS, HTTP, DNS); asks those systems')
    .option('--json', 'print the schema art32.verify/1')
    .action(async (source: string, given: VerifyOptions & { recheck?: boolean } & DomainOptions) => {
      const { verify } = await import('./verify.ts')
      const options = given.domain === undefined ? given : await withDomain(given, given.domain)
      const again = options.recheck === true ? (await import('./recheck.ts')).recheck : undefined
      end(await verify(source, options, terminal, again && ((files) => again(files))))
    })
  program
    .command('annex')
    .description('make the annex of a contract (Art. 28 GDPR, standard contractual clauses) from a proof bundle')
    .argument('<BUNDLE|URL>', 'a zip file, a folder, or the address of a trust page; it has to hold')
    .addOption(
      new Option('--as <annex>', 'which annex')
        .choices(['dpa-annex', 'clauses-annex-iii', 'transfer-annex-ii'])
        .makeOptionMandatory(),
    )
    .requiredOption('--output <file>', 'where to keep it: a name that ends in .pdf, .docx or .html')
    .addOption(new Option('--language <language>', 'of headings; left out: of the edition').choices(['en', 'de']))
    .action(async (source: string, options: AnnexCommandOptions) => {
      const { annex } = await import('./annex.ts')
      end(await annex(source, options, terminal))
    })
  program
    .command('proof')
    .description('take one line or one entry out of a proof bundle, as a file that can be checked alone')
    .argument('<BUNDLE|URL>', 'a zip file, a folder, or the address of a trust page')
    .option('--line <id>', 'a line of the edition, with the records that it cites')
    .option('--leaf <number>', 'an entry of the log')
    .requiredOption('--output <file>', 'where to write it; usually ends in .tlog-proof')
    .action(async (source: string, options: ProofOptions) => {
      const { exportProof } = await import('./proof.ts')
      await exportProof(source, options, terminal)
    })
  program
    .command('watch')
    .description('keep checkpoints of providers that you depend on, and tell what got worse')
    .argument('<URL...>', 'addresses of trust pages')
    .requiredOption('--state <folder>', 'where to keep what was seen')
    .option('--every <interval>', 'look again and again, as in 30m, 1h or 1d; without it once, for cron')
    .option('--domain <name>', 'ask at each look that the TXT record at _art32.<name> names the key; for one URL')
    .option('--dns-server <address>', 'the name server to ask for --domain; by default that of this machine')
    .option('--json', 'print a line of JSON for each look, schema art32.watch/1')
    .addHelpText('after', '\nExit status: 0 in order, 1 something to be told, 2 a provider could not be looked at.')
    .action(async (urls: string[], options: WatchOptions) => {
      const { watch } = await import('./watch.ts')
      end(await watch(urls, options, terminal))
    })
  program
    .command('log')
    .description(
      'mirror a log as static files, check all of it, and that it continues what the folder has (c2sp.org/tlog-tiles)',
    )
    .argument('<URL>', 'the address of a log, as in https://toms.example.com/trust/example/log')
    .argument('<FOLDER>', 'where its checkpoint and tiles are to lie; run again, it fetches what is new')
    .option('--key <vkey>', 'the verifier key of the log, that you got another way')
    .addHelpText('after', '\nExit status: 0 whole and continued, 1 it does not hold, 2 it could not be fetched.')
    .action(async (url: string, folder: string, options: LogOptions) => {
      const { mirror } = await import('./log.ts')
      end(await mirror(url, folder, options, terminal))
    })
  program
    .command('witness')
    .description('cosign the checkpoints of logs that only grow, and stay (c2sp.org/tlog-witness)')
    .requiredOption('--state <file>', 'the file with its key and the last head of each log; made where there is none')
    .option('--name <name>', 'the name of a new witness, as in example.org/witness')
    .option('--allow <vkey>', 'the verifier key of a log that it cosigns; may be repeated', collect)
    .option('--host <address>', 'the address where it listens', '127.0.0.1')
    .option('--port <port>', 'the port where it listens; 0 takes a free one', '8032')
    .action(async (options: WitnessOptions) => {
      const { witness } = await import('./witness.ts')
      await witness(options, terminal)
      end(0)
    })
}

/** Removes personal data from files and streams. */
function addShield(program: Command, terminal: Terminal, end: End): void {
  const command = program
    .command('shield')
    .description(
      'remove personal data from a file or stream: CSV, JSON, JSON lines, SQL dumps, text, logs, Excel workbooks, Parquet',
    )
    .argument('[IN]', 'a file, or - for standard input; .gz and .zst are unpacked')
    .argument('[OUT]', 'a file, or - for standard output; packed where its name ends in .gz or .zst', '-')
    .option('--key-file <file>', 'the key of the pseudonyms; art32 shield key makes one')
    .option('--plan <file>', 'what is done with each column; left out: what a look at the input suggests')
    .option('--report <file>', 'write what was found and done as JSON, schema art32.shield-report/1')
    .option('--tenant <name>', 'whose data: another name gives other pseudonyms', 'local')
    .option('--domain <name>', 'the pseudonymisation domain, instead of the one in the plan')
    .option('--threads <number>', 'how many threads work; left out: one for each processor')
    .option('--longest-record <bytes>', 'the longest row or line that is taken', '16777216')
    .option('--vault <file>', 'for reversible pseudonyms: the vault that two people open')
    .option(
      '--sealed <file>',
      'where the sealed key goes, without which nobody can reveal; left out: beside the report',
    )
    .action(async (from: string | undefined, to: string, options: ShieldOptions) => {
      if (from === undefined) throw new Refusal('Name what is to be read: a file, or - for standard input.')
      const { shield } = await import('./shield.ts')
      end(await shield(from, to, options, terminal))
    })
  command
    .command('profile')
    .description('look at a file and print the plan that fits, to be read, corrected and kept')
    .argument('<IN>', 'a file, or - for standard input')
    .option('--output <file>', 'write it to a file')
    .action(async (from: string, options: { output?: string }) => {
      const { shieldProfile } = await import('./shield.ts')
      end(await shieldProfile(from, options, terminal))
    })
  command
    .command('key')
    .description('make a key file')
    .argument('<FILE>', 'where it is to lie; one that is there is never overwritten')
    .action(async (path: string) => {
      const { shieldKey } = await import('./shield.ts')
      end(await shieldKey(path, terminal))
    })
  addShieldDatabase(command, terminal, end)
  addShieldVault(command, terminal, end)
}

/** Said before anything of the server is loaded: on a busy machine that takes seconds. */
const starting = 'art32 is starting …\n'

/** Commands that are the server. */
function addInstallation(program: Command, terminal: Terminal, end: End): void {
  program.commandsGroup('This installation:')
  program
    .command('serve')
    .description('start art32 here and stay')
    .argument('[DOCUMENT]', 'a TOM document of yours, read into a local draft')
    .option('--reset-link <address>', 'print a link by which the person with this mail address chooses a new password')
    .option('--end-sessions <address>', 'end every session of the person with this mail address, or of everybody: all')
    .addOption(
      new Option(
        '--role <role>',
        'of several processes on one PostgreSQL server: web answers, worker works off queues; portal: only the public pages, from published files',
      ).choices(['all', 'web', 'worker', 'portal']),
    )
    .addHelpText(
      'after',
      '\nSettings come from the environment and from art32.json in the data folder: docs/guides/install-and-run.md.',
    )
    .action(async (document: string | undefined, options: Omit<ServeOptions, 'document'>) => {
      if (options.role === 'portal') {
        const { servePortal } = await import('./serve-portal.ts')
        await servePortal()
        end(undefined)
        return
      }
      terminal.out(starting)
      const { beginPostgres } = await import('@art32/server/ahead')
      const begun = await beginPostgres(
        options.role === undefined ? process.env : { ...process.env, ART32_ROLE: options.role },
      )
      const { serve } = await import('./serve.ts')
      await serve(document === undefined ? options : { ...options, document }, begun)
      end(undefined)
    })
  program
    .command('doctor')
    .description(
      'look at this installation, whether it runs or not: versions, disk, clock, certificate, permissions, queue',
    )
    .option('--json', 'print the schema art32.doctor/1')
    .option('--strict', 'a warning, and what could not be looked at, makes the exit status 1, too')
    .addOption(new Option('--language <language>', 'language of messages').choices(['en', 'de']).default('en'))
    .action(async (options: DoctorOptions) => {
      const { doctor } = await import('./doctor.ts')
      end(await doctor(options, terminal))
    })
  program
    .command('demo')
    .description('start art32 with two example providers')
    .action(async () => {
      terminal.out(starting)
      const { demo } = await import('./demo.ts')
      await demo()
      end(undefined)
    })
}

/** Commands that speak to a running server. */
function addRemote(program: Command, terminal: Terminal, end: End): void {
  program.commandsGroup('A running server:')
  const url = () => new Option('--url <url>', 'address of the server').env('ART32_SERVER')
  program
    .command('sign-in')
    .description('sign in to a server; the password is asked for, or read from stdin')
    .addOption(
      new Option('--url <url>', 'address of the server, as in http://localhost:3232')
        .env('ART32_SERVER')
        .makeOptionMandatory(),
    )
    .requiredOption('--email <address>', 'your mail address there')
    .action(async (options: SignInOptions) => {
      const { signIn } = await import('./sign-in.ts')
      end(await signIn(options, terminal))
    })
  program
    .command('sign-out')
    .description('end the session')
    .addOption(url())
    .action(async (options: { url?: string }) => {
      const { signOut } = await import('./sign-in.ts')
      end(await signOut(options, terminal))
    })
  program
    .command('call')
    .description('run an operation of a server, or list them')
    .argument('[OPERATION]', 'for example edition.list')
    .addOption(url())
    .option('--tenant <slug>', 'the tenant to work in')
    .option('--input <json|@file>', 'what the operation takes, as JSON')
    .option('--file <file>', 'the file to send')
    .option('--output <file>', 'where to keep the file that comes back; "-" for stdout')
    .option('--list', 'list the operations and what they take')
    .action(async (operation: string | undefined, options: CallOptions) => {
      const { call } = await import('./call.ts')
      end(await call(operation, options, terminal))
    })
  program
    .command('look')
    .description('let a server look at the systems of a tenant, and follow it')
    .addOption(url())
    .requiredOption('--tenant <slug>', 'the tenant to work in')
    .option('--cancel <run>', 'cancel a run; what was collected stays')
    .option('--resume <run>', 'go on with a run that was cancelled or interrupted')
    .action(async (options: LookOptions) => {
      const { look } = await import('./look.ts')
      end(await look(options, terminal))
    })
  program
    .command('rejudge')
    .description('judge what a server has seen once more by the checks of its release; asks nobody')
    .addOption(url())
    .requiredOption('--tenant <slug>', 'the tenant to work in')
    .option('--wait <seconds>', 'how long to wait for it', '600')
    .action(async (options: RejudgeOptions) => {
      const { rejudge } = await import('./rejudge.ts')
      end(await rejudge(options, terminal))
    })
}

/** Backups: making them, proving them, and putting back what they hold. */
function addBackup(program: Command, terminal: Terminal, end: End): void {
  program.commandsGroup('Backups (docs/guides/backup.md):')
  const url = () => new Option('--url <url>', 'address of the server').env('ART32_SERVER')
  const backup = program
    .command('backup')
    .description('make a backup of an installation now, and wait for it')
    .addOption(url())
    .action(async (options: BackupOptions) => {
      const { backup } = await import('./backup.ts')
      end(await backup(options, terminal))
    })
  backup
    .command('key')
    .description('make the key that opens backups; it is printed once and belongs somewhere else')
    .action(async () => {
      const { backupKey } = await import('./backup.ts')
      end(await backupKey(terminal))
    })
  backup
    .command('show')
    .description('print the last backups, the last drills, and what somebody has to look at')
    .addOption(url())
    .action(async (options: BackupOptions) => {
      const { backupShow } = await import('./backup.ts')
      end(await backupShow(options, terminal))
    })
  const drill = program
    .command('drill')
    .description('restore the newest backup of an installation of art32 into scratch databases, compare, and drop them')
    .addOption(url())
    .option('--from <place>', 'do it here: the folder, bucket or SFTP server with the backups')
    .option('--key-file <file>', 'with --from: the key that was kept')
    .option('--installation <id>', 'with --from: which one, where several keep their backups there')
    .action(async (options: DrillOptions) => {
      const { drill } = await import('./backup.ts')
      end(await drill(options, terminal))
    })
  drill
    .command('run')
    .description('restore the backup of any system by a plan, compare, remove it, and send what was seen to a server')
    .argument('<PLAN>', 'what is restored where, and what must be true then (docs/guides/drill.md), in YAML or JSON')
    .option('--push <url>', 'send it to this server, with the API token in ART32_TOKEN')
    .option('--tenant <slug>', 'the tenant to send it to')
    .option(
      '--audience <url>',
      'sign it for the server of this address, where --push is another address of it or is left out',
    )
    .option('--signing-key <file>', 'the private key that signs it; otherwise that of the variable ART32_DRILL_KEY')
    .option('--output <file>', 'also keep it in a file, signed where there is a key')
    .option('--json', 'print the schema art32.drill/1')
    .addHelpText('after', '\nExit status: 0 passed, 1 failed, 2 wrong use or refused, 3 it could not look.')
    .action(async (plan: string, options: DrillRunOptions) => {
      const { drillRun } = await import('./drill-run.ts')
      end(await drillRun(plan, options, version(), terminal))
    })
  drill
    .command('key')
    .description('make the pair of keys by which results of drills are signed and verified')
    .argument('<NAME>', 'of the machine or pipeline that signs, for example shop-nightly')
    .option('--output <file>', 'keep the private key in a file for its owner alone, instead of printing it')
    .action(async (name: string, options: DrillKeyOptions) => {
      const { drillKey } = await import('./drill-key.ts')
      end(await drillKey(name, options, terminal))
    })
  drill
    .command('verify')
    .description(
      'verify a signed result without a server: a file of drill run, or what "art32 call outcome.facts" shows',
    )
    .argument('<FILE>', 'the signed result')
    .option('--key <key>', 'a public key that you trust; once for each', collect)
    .option('--json', 'print what was signed')
    .addHelpText('after', '\nExit status: 0 signed by one of the keys, 1 not, 2 no signed result.')
    .action(async (file: string, options: DrillVerifyOptions) => {
      const { drillVerify } = await import('./drill-key.ts')
      end(await drillVerify(file, options, terminal))
    })
  program
    .command('restore')
    .description('put a whole installation back where there is none, or one tenant while the others work')
    .requiredOption('--from <place>', 'the folder, bucket or SFTP server with the backups')
    .requiredOption('--key-file <file>', 'the key that was kept')
    .option('--set <name>', 'which backup, as in 20261123T004100000Z; the newest unless told')
    .option('--to <moment>', 'the whole installation as it was then, as in 2026-11-23T11:40:00Z, or latest')
    .option('--installation <id>', 'which one, where several keep their backups there')
    .option('--tenant <slug>', 'only this tenant of a running server')
    .option('--as <slug>', 'with --tenant: beside it, under another short name')
    .addOption(url())
    .action(async (options: RestoreOptions) => {
      const { restore } = await import('./backup.ts')
      end(await restore(options, terminal))
    })
}

/** Commands that take a whole tenant out of a server, and in. */
function addCustody(program: Command, terminal: Terminal, end: End): void {
  const url = () => new Option('--url <url>', 'address of the server').env('ART32_SERVER')
  const tenant = program
    .command('tenant')
    .description('take a whole tenant out of a server, in, or to another database')
  tenant
    .command('export')
    .description('keep everything of a tenant in a file that another installation imports')
    .argument('<SLUG>', 'short name of the tenant')
    .argument('<FILE>', 'where to keep it')
    .addOption(url())
    .action(async (slug: string, file: string, options: TransferOptions) => {
      const { exportTenant } = await import('./transfer.ts')
      end(await exportTenant(slug, file, options, terminal))
    })
  tenant
    .command('import')
    .description('make a tenant of an export')
    .argument('<FILE>', 'an export')
    .option('--slug <slug>', 'another short name than the one it had')
    .addOption(url())
    .action(async (file: string, options: TransferOptions & { slug?: string }) => {
      const { importTenant } = await import('./transfer.ts')
      end(await importTenant(file, options, terminal))
    })
}

/** Commands about where tenants lie. */
function addPlacement(program: Command, terminal: Terminal, end: End): void {
  const url = () => new Option('--url <url>', 'address of the server').env('ART32_SERVER')
  program
    .command('placement')
    .description('show the database servers and how many tenants lie on each')
    .addOption(url())
    .action(async (options: PlacementOptions) => {
      const { placement } = await import('./placement.ts')
      end(await placement(options, terminal))
    })
  program.commands
    .find((command) => command.name() === 'tenant')
    ?.command('move')
    .description('move a tenant to another database server while everybody works')
    .argument('<SLUG>', 'short name of the tenant')
    .requiredOption('--to <server>', 'name of the database server')
    .addOption(url())
    .action(async (slug: string, options: PlacementOptions & { to: string }) => {
      const { moveTenant } = await import('./placement.ts')
      end(await moveTenant(slug, options, terminal))
    })
}

/** Commands that change keys. */
function addKeys(program: Command, terminal: Terminal, end: End): void {
  const url = () => new Option('--url <url>', 'address of the server').env('ART32_SERVER')
  const keys = program.command('keys').description('change keys while everybody works')
  const rotate = async (slug: string | null, options: TransferOptions) => {
    const { rotateKey } = await import('./transfer.ts')
    end(await rotateKey(slug, options, terminal))
  }
  keys
    .command('rotate-master')
    .description('change the master key and wrap the keys of all tenants anew')
    .addOption(url())
    .action((options: TransferOptions) => rotate(null, options))
  keys
    .command('rotate-tenant')
    .description("change a tenant's data key and seal its values again")
    .argument('<SLUG>', 'short name of the tenant')
    .addOption(url())
    .action((slug: string, options: TransferOptions) => rotate(slug, options))
}

function collect(value: string, before: string[] = []): string[] {
  return [...before, value]
}

function version(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}

/** An argument in the wrong place may be an address with a password; it is not repeated. */
function redact(text: string): string {
  const [first = '', ...rest] = text.split('\n')
  return [clean(first.replaceAll(/\/\/[^\s'/]*@/g, '//…@')), ...rest].join('\n')
}
