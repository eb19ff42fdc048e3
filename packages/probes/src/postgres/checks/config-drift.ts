import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { PostgresFacts } from '../facts.ts'

const params = z.object({
  approved: field(z.string().default(''), {
    label: { en: 'Approved settings', de: 'Freigegebene Einstellungen' },
    help: {
      en: 'One on each line, name = value, as SHOW writes it; of a setting whose value is withheld only the name',
      de: 'Je Zeile eine, name = wert, wie SHOW sie schreibt; bei zurückgehaltenem Wert nur der Name',
    },
  }),
})

export const pgConfigDrift = {
  id: 'pg.config-drift',
  version: 1,
  connector: 'postgres',
  title: {
    en: 'The settings of the server are the approved ones',
    de: 'Die Einstellungen des Servers sind die freigegebenen',
  },
  why: {
    en: 'A setting changed in haste stays, and nobody remembers that it once protected something.',
    de: 'Eine in Eile geänderte Einstellung bleibt, und niemand weiß mehr, dass sie einmal etwas schützte.',
  },
  remedy: {
    en: 'Set back what differs (ALTER SYSTEM RESET, the configuration file), or have the change approved and write it into the approved settings; restart the server where a setting waits for it.',
    de: 'Abweichendes zurücksetzen (ALTER SYSTEM RESET, Konfigurationsdatei) oder die Änderung freigeben lassen und zu den freigegebenen Einstellungen schreiben; den Server neu starten, wo eine Einstellung darauf wartet.',
  },
  severity: 'medium',
  serves: [{ measure: 'configuration-monitoring', as: 'proves' }],
  params,
  reads: ['configuration'],
  maxAge: 'P7D',
  onEmpty: 'pass',
  refs: ['ISO/IEC 27001:2022 A.8.9'],
  sources: [
    'https://www.postgresql.org/docs/current/view-pg-settings.html',
    'https://www.postgresql.org/docs/current/catalog-pg-db-role-setting.html',
  ],
  pitfalls: [
    'What is in force is compared, not what a file says: a written change that waits for a restart is told by its own sentence.',
    'Connection strings, commands and settings with a dot may hold passwords: seen is that they are set, not to what.',
    'The look sets four settings for its own session (application_name, default_transaction_read_only, statement_timeout, client_encoding) and says nothing about them.',
    'Without approved settings nothing can have drifted, and nothing is proven either.',
  ],
  messages: {
    same: { en: 'All {settings} settings are as approved.', de: 'Alle {settings} Einstellungen sind wie freigegeben.' },
    unapproved: {
      en: '{settings} settings are not at their default; none is approved yet.',
      de: '{settings} Einstellungen weichen vom Standard ab; freigegeben ist noch keine.',
    },
    restart: {
      en: '{setting} was changed and waits for a restart; in force is still the former value.',
      de: '{setting} wurde geändert und wartet auf einen Neustart; noch gilt der frühere Wert.',
    },
    differs: {
      en: '{setting} is {value}; approved is {approved}.',
      de: '{setting} ist {value}; freigegeben ist {approved}.',
    },
    added: { en: '{setting} is {value} and not approved.', de: '{setting} ist {value} und nicht freigegeben.' },
    default: {
      en: '{setting} is at its default; approved is {approved}.',
      de: '{setting} steht auf dem Standard; freigegeben ist {approved}.',
    },
  },
  baseline: ({ configuration }) => ({ approved: writeSettings(configuration) }),
  judge({ configuration }, { approved }) {
    const wanted = parseSettings(approved)
    const settings = configuration.length
    const waiting = configuration.flatMap(({ name, pendingRestart }, index) =>
      pendingRestart
        ? [fail(`restart ${name}`, `configuration.${index}.pendingRestart`, 'restart', { setting: name })]
        : [],
    )
    if (wanted.size === 0) return [...waiting, info('settings', 'configuration', 'unapproved', { settings })]
    const drift = configuration.flatMap(({ name: setting, value, source }, index) => {
      // At its default, and here only because a change waits.
      if (source === 'default') return []
      const because = `configuration.${index}.value`
      const shown = { setting, value: value ?? withheld }
      const right = wanted.get(setting)
      if (right === undefined) return [fail(setting, because, 'added', shown)]
      return value === null || right === value ? [] : [fail(setting, because, 'differs', { ...shown, approved: right })]
    })
    const known = new Set(configuration.filter(({ source }) => source !== 'default').map(({ name }) => name))
    const gone = [...wanted].flatMap(([setting, value]) =>
      known.has(setting) ? [] : [fail(setting, 'configuration', 'default', { setting, approved: value })],
    )
    const found = [...waiting, ...drift, ...gone]
    return found.length === 0 ? [pass('settings', 'configuration', 'same', { settings })] : found
  },
} satisfies Check<PostgresFacts, 'configuration', typeof params>

const withheld = '…'

/** What `parseSettings` reads. A value of several lines cannot be written so: its name alone approves it. */
export function writeSettings(configuration: PostgresFacts['configuration']): string {
  return configuration
    .filter(({ source }) => source !== 'default')
    .map(({ name, value }) =>
      value === null || value.includes('\n') ? name : `${name} = '${value.replaceAll("'", "''")}'`,
    )
    .join('\n')
}

/** `name = value` lines as in a configuration file; quotes and comments are allowed, a name alone approves any value. */
export function parseSettings(text: string): ReadonlyMap<string, string> {
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  return new Map(
    lines
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => {
        const at = line.indexOf('=')
        if (at < 0) return [line, withheld] as const
        const value = line.slice(at + 1).trim()
        const [, inner] = /^'(.*)'$/.exec(value) ?? []
        return [line.slice(0, at).trim(), inner?.replaceAll("''", "'") ?? value] as const
      }),
  )
}
