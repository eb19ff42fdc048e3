import fc from 'fast-check'
import { expect, it } from 'vitest'
import { examine } from '../../testing/examine.ts'
import { parseSettings, pgConfigDrift } from './config-drift.ts'

const setting = (name: string, value: string | null, pendingRestart = false) => ({
  name,
  value,
  source: 'configuration file',
  pendingRestart,
})

examine(pgConfigDrift, {
  good: {
    configuration: [
      setting('log_line_prefix', "%m '%a' "),
      setting('primary_conninfo', null),
      setting('role app: search_path', 'shop'),
      setting('work_mem', '64MB'),
    ],
  },
  parameters: {
    approved:
      "# of release 7\nwork_mem = 64MB\nlog_line_prefix = '%m ''%a'' '\nprimary_conninfo\nrole app: search_path = shop\n",
  },
  bad: {
    'a value is another': {
      change: (f) => {
        f.configuration.push(setting('ssl', 'off'))
      },
      parameters: {
        approved:
          "ssl = on\nwork_mem = 64MB\nlog_line_prefix = '%m ''%a'' '\nprimary_conninfo\nrole app: search_path = shop",
      },
      says: 'differs',
    },
    'one is set that nobody approved': {
      change: (f) => {
        f.configuration.push(setting('fsync', 'off'))
      },
      says: 'added',
    },
    'an unapproved one is withheld': {
      change: (f) => {
        f.configuration.push(setting('archive_command', null))
      },
      says: 'added',
    },
    'one is at its default again': {
      change: (f) => {
        f.configuration = f.configuration.filter(({ name }) => name !== 'work_mem')
      },
      says: 'default',
    },
    'one waits for a restart': {
      change: (f) => {
        f.configuration.push({ name: 'shared_buffers', value: '128MB', source: 'default', pendingRestart: true })
      },
      says: 'restart',
    },
  },
  told: {
    'nothing is approved': {
      change: () => undefined,
      parameters: { approved: ' \n# nothing yet\n' },
      says: 'unapproved',
    },
  },
})

it('reads every list of settings that it could have written', () => {
  const name = fc.stringMatching(/^[a-z_]{1,20}$/)
  const value = fc.stringMatching(/^[^\r\n]{0,40}$/)
  fc.assert(
    fc.property(fc.dictionary(name, value), (settings) => {
      const text = Object.entries(settings)
        .map(([key, one]) => `${key} = '${one.replaceAll("'", "''")}'`)
        .join('\n')
      expect(Object.fromEntries(parseSettings(text))).toEqual(settings)
    }),
  )
})
