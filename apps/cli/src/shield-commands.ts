import type { Command } from 'commander'
import type { ShieldDatabaseOptions } from './shield-db.ts'
import type { RevealOptions } from './shield-vault.ts'
import type { Terminal } from './terminal.ts'

type End = (status: number) => void

const each = (value: string, before: readonly string[] = []): readonly string[] => [...before, value]

/** Adds `art32 shield db`. */
export function addShieldDatabase(shield: Command, terminal: Terminal, end: End): void {
  shield
    .command('db')
    .description('copy a PostgreSQL database without personal data, with keys and references intact')
    .argument('<SOURCE>', 'postgres://role@host:5432/database, or - for ART32_SHIELD_SOURCE; it is only read')
    .argument('[TARGET]', 'the same for the copy, or - for ART32_SHIELD_TARGET; its tables are there and empty')
    .option('--profile', 'look at samples of all tables and print the plan that fits, to be read, corrected and kept')
    .option('--output <file>', 'write that plan to a file')
    .option('--create-tables', 'make the tables in the target, with keys, foreign keys, defaults and sequences')
    .option('--except <table>', 'leave a table alone, schema.table; repeatable', each)
    .option('--replace <database>', 'delete the rows of the target first; its name, as a confirmation')
    .addHelpText(
      'after',
      '\nAlso as for files: --key-file, --plan, --report, --tenant, --domain, --threads, --vault, --sealed.',
    )
    .action(async (from: string, to: string | undefined, _options: unknown, command: Command) => {
      const { shieldDatabase } = await import('./shield-db.ts')
      end(await shieldDatabase(from, to, command.optsWithGlobals<ShieldDatabaseOptions>(), terminal))
    })
}

/** Adds `art32 shield vault` and `art32 shield reveal`. */
export function addShieldVault(shield: Command, terminal: Terminal, end: End): void {
  const vault = shield.command('vault').description('vaults that any two of several people open together')
  vault
    .command('create')
    .description('make a vault for reversible pseudonyms')
    .argument('<FILE>', 'where it is to lie, its shares shown once; or a folder, for files of all of them')
    .requiredOption('--people <number>', 'how many people get a share')
    .action(async (path: string, { people }: { people: string }) => {
      const { shieldVaultCreate } = await import('./shield-vault.ts')
      end(await shieldVaultCreate(path, people, terminal))
    })
  shield
    .command('reveal')
    .description('reveal what was sealed, by two people together')
    .argument('<WHAT...>', 'a file in which all sealed values are replaced, or the values themselves')
    .option('--why <reason>', 'the reason, as it is to stand in the log')
    .option('--person <name>', 'who reveals, twice, in the order of the shares', each)
    .option('--share <file>', 'the file of a share, twice; left out: they are asked for and not shown', each)
    .option('--log <file>', 'where it is recorded who revealed and why; left out: beside the vault')
    .action(async (what: string[], _options: unknown, command: Command) => {
      const { shieldReveal } = await import('./shield-vault.ts')
      end(await shieldReveal(what, command.optsWithGlobals<RevealOptions>(), terminal))
    })
}
