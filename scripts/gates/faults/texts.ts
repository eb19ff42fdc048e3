import { asvsAnswers, measure, type Faults, type Files, withComment } from '../../testing/tree.ts'

/** Faults that the gates of our own have to find. */
export const textFaults: Faults = {
  'front doors': [
    ['an export without a comment', { 'packages/ledger/src/index.ts': withComment('export const bare = 1\n') }, 'bare'],
    [
      'a declaration behind the door without a comment',
      {
        'packages/ledger/src/index.ts': withComment("export { size } from './tree.ts'\n"),
        'packages/ledger/src/tree.ts': 'export const size = 1\n',
      },
      'size is exported',
    ],
    [
      'a whole file behind the door',
      {
        'packages/ledger/src/index.ts': withComment("export * from './all.ts'\n"),
        'packages/ledger/src/all.ts': 'export type Bare = 1\n',
      },
      'Bare is exported',
    ],
    [
      'no module comment',
      { 'packages/ledger/src/index.ts': "export { size } from './tree.ts'\n" },
      'no module comment',
    ],
    [
      'a comment that says next to nothing',
      { 'packages/ledger/src/index.ts': "/** Ledger. */\nexport { size } from './tree.ts'\n" },
      'less than five lines',
    ],
  ],
  generated: [
    [
      'a page older than the code',
      {
        'scripts/catalogue-page.ts': "export const cataloguePage = (): string => '# New\\n'\n",
        'docs/reference/catalogue.md': '# Old\n',
      },
      'docs/reference/catalogue.md',
    ],
    ['an entry that leads nowhere', { 'packages/probes/src/index.ts': 'export {}\n' }, 'no function checkPages'],
  ],
  lexicon: [
    [
      'six words of a document',
      {
        'packages/reader/src/lexicon.ts': "export const phrases = ['visitors wear a green badge at all times']\n",
        '../shared/corpus/001-somebody-en.txt': 'Here visitors wear a green\nbadge at all times, and more.\n',
      },
      'visitors wear a green badge at',
    ],
  ],
  licences: [
    [
      'a licence that binds whoever ships it',
      needing({ license: 'AGPL-3.0-only' }),
      'stranger@1.0.0 is under AGPL-3.0-only',
    ],
    ['no licence', needing({}), 'stranger@1.0.0 names no licence'],
    ['words instead of a licence', needing({ license: 'SEE LICENSE IN terms.txt' }), 'no SPDX expression'],
    ['a sum with one part that is not allowed', needing({ license: '(MIT AND GPL-3.0-only)' }), 'not on the list'],
    ['any later version of a licence', needing({ license: 'MPL-2.0+' }), 'not on the list'],
    [
      'a licence two steps away, in a nested folder',
      lockfile({
        'packages/ledger': { dependencies: { near: '1.0.0' } },
        'node_modules/near': { version: '1.0.0', license: 'MIT', optionalDependencies: { far: '2.0.0' } },
        'node_modules/near/node_modules/far': { version: '2.0.0', license: 'BUSL-1.1' },
        'node_modules/far': { version: '1.0.0', license: 'MIT' },
      }),
      'far@2.0.0 is under BUSL-1.1',
    ],
    ['no lockfile', { 'package-lock.json': undefined }, 'is missing'],
  ],
  logs: [
    ['a field that names a person', measure("log.info('sign-in', { email: 'a@example.com' })\n"), 'the field email'],
    ['an event with data in it', measure('log.warn(`sign-in of ${person}`)\n'), 'put together'],
    ['the message of an error', measure("log.error('failed', { error: error.message })\n"), 'logs message'],
    ['fields from elsewhere', measure("log.info('x', fields)\n"), 'cannot be seen'],
    ['a spread', measure("log.info('x', { count: 1, ...person })\n"), 'cannot be seen'],
    [
      'a constant that holds a person',
      measure("const given = { name: 'x' }\nthis.log.info('x', given)\n"),
      'field name',
    ],
    ['the console', measure("console.log('sign-in')\n"), 'past the log'],
    [
      'a list of fields that grew',
      { 'apps/server/src/platform/log.ts': 'export interface LogFields {\n  readonly email?: string\n}\n' },
      'opens log lines to the field email',
    ],
  ],
  words: [
    ['another word for the tenant', measure('export const workspaceId = 1\n'), 'Say tenant.'],
    ['a name that says nothing', measure('export class MeasureManager {}\n'), 'MeasureManager'],
    ['a drawer', { 'packages/ledger/src/utils.ts': 'export const a = 1\n' }, '"utils"'],
  ],
  'test names': [
    ['"should"', { 'packages/ledger/src/a.test.ts': "test('should grow', () => {})\n" }, 'should grow'],
    [
      'one name twice',
      { 'packages/ledger/src/a.test.ts': "describe('a', () => {\n  test('b', f)\n  test.each([1])('b', f)\n})\n" },
      '"a › b" is there twice',
    ],
    ['a file that tests nothing', { 'packages/ledger/src/a.test.ts': 'export {}\n' }, 'no test'],
  ],
  workspaces: [
    ['a dependency that is not locked', { 'package.json': '{ "dependencies": { "zod": "4.6.7" } }\n' }, 'differ'],
    ['a version range', { 'package.json': '{ "devDependencies": { "zod": "^4.6.7" } }\n' }, '"^4.6.7"'],
    [
      'eleven scripts',
      {
        'package.json': JSON.stringify({
          scripts: Object.fromEntries('a b c d e f g h i j k'.split(' ').map((name) => [name, ''])),
        }),
      },
      '11 scripts',
    ],
    [
      'an address in the lockfile',
      { 'package-lock.json': '{ "packages": { "x": { "resolved": "https://npm.example/x.tgz" } } }\n' },
      'npm.example',
    ],
  ],
  places: [
    ['a home folder', measure("export const folder = '/home/somebody/data'\n"), '/home/somebody/'],
    ['a folder of a build machine', { 'docs/note.md': 'Look into /work/main.\n' }, '/work/m'],
    ['a registry', { '.npmrc': 'registry=https://registry.npmjs.org/\n' }, 'registry.npmjs.org'],
  ],
  'personal-data': [
    [
      'a table without declarations',
      {
        'apps/server/migrations/control/0001-visit.sql':
          'create table visit (\n  id bigint primary key,\n  mail text not null, -- of whom\n  at timestamptz not null\n);\n',
      },
      '0001-visit.sql:3 visit.mail (text not null) of the control database is declared neither',
    ],
    [
      'a column that was added later',
      {
        'apps/server/migrations/tenant/0001-visit.sql': 'create table visit (id bigint);\n',
        'apps/server/migrations/tenant/0002-visit.sql':
          'alter table visit add constraint positive check (id > 0),\n  add column "seenFrom" inet;\n',
      },
      '0002-visit.sql:2 visit.seenFrom (inet) of the tenant database',
    ],
    [
      'a declaration that outlived its field',
      { 'apps/server/src/privacy/fields.ts': "export const fields = { ledger: { past: { name: 'account' } } }\n" },
      'past.name of the ledger database is declared and no migration makes it',
    ],
    [
      'a rule for nothing that the notice does not tell',
      {
        'apps/server/src/privacy/rules.ts':
          "export const rules = { 'visit.old': { in: 'tenant', table: 'visit', from: 'left_at', after: 'P1D' } }\n",
      },
      'visit.old deletes by visit.left_at',
    ],
    [
      'a rule that belongs to no purpose',
      {
        'apps/server/src/privacy/rules.ts':
          "export const rules = { 'visit.old': { in: 'tenant', table: 'visit', from: 'id' } }\n",
      },
      'visit.old belongs to no purpose',
    ],
  ],
  asvs: [
    ['a requirement without an answer', { 'docs/asvs.json': asvsAnswers({ '1.2.4': null }) }, '1.2.4 is not answered'],
    [
      'a requirement of level 3',
      { 'docs/asvs.json': asvsAnswers({ '1.2.4': { id: '1.2.10' } }) },
      '1.2.10 is no requirement of levels 1 and 2',
    ],
    ['an answer twice', { 'docs/asvs.json': asvsAnswers({ '1.2.4': { id: '1.2.5' } }) }, '1.2.5 is answered twice'],
    ['another level', { 'docs/asvs.json': asvsAnswers({ '1.2.4': { level: 2 } }) }, '1.2.4 is of level 1'],
    ['no reason', { 'docs/asvs.json': asvsAnswers({ '1.2.4': { reason: ' ' } }) }, '1.2.4 gives no reason'],
    [
      'an open one without a word',
      { 'docs/asvs.json': asvsAnswers({ '1.2.4': { state: 'open', reason: '' } }) },
      '1.2.4 gives no',
    ],
    ['another state', { 'docs/asvs.json': asvsAnswers({ '1.2.4': { state: 'done' } }) }, 'unknown state done'],
    ['no test', { 'docs/asvs.json': asvsAnswers({ '1.2.4': { state: 'tested' } }) }, '1.2.4 names no test'],
    [
      'a test that went',
      {
        'packages/ledger/src/a.test.ts': "test('grows', () => {})\n",
        'docs/asvs.json': asvsAnswers({
          '1.2.4': {
            state: 'tested',
            tests: ['packages/ledger/src/a.test.ts > grows', 'packages/ledger/src/a.test.ts > shrinks'],
          },
        }),
      },
      'not there: packages/ledger/src/a.test.ts > shrinks',
    ],
    [
      'a place that went',
      {
        'docs/asvs.json': asvsAnswers({
          '1.2.4': {
            state: 'in the code',
            code: ['packages/ledger/src/tree.ts#size', 'packages/ledger/src/tree.ts#depth'],
          },
        }),
      },
      'not there: packages/ledger/src/tree.ts#depth',
    ],
    [
      'a heading that went',
      {
        'docs/asvs.json': asvsAnswers({
          '1.2.4': { state: 'in the code', code: ['README.md#tree', 'README.md#gone'] },
        }),
      },
      'not there: README.md#gone',
    ],
    ['no answers at all', { 'docs/asvs.json': undefined }, '17.3.2 is not answered'],
  ],
  links: [
    ['a link to no file', { 'docs/note.md': 'See [this](nowhere.md).\n' }, 'nowhere.md'],
    ['a link to no heading', { 'docs/note.md': 'See [this](../README.md#gone).\n' }, '#gone'],
    [
      'two decisions of one number',
      { 'docs/decisions/0001-a.md': '# A\n', 'docs/decisions/0001-b.md': '# B\n' },
      'has the number of',
    ],
  ],
  changelog: [
    ['a tracker', { 'CHANGELOG.md': '# Changelog\n\n- Mends #12.\n' }, 'a number of a tracker'],
    ['work on the code', { 'CHANGELOG.md': '# Changelog\n\n- Refactored the reader.\n' }, 'work on the code'],
    ['no changelog', { 'CHANGELOG.md': undefined }, 'is missing'],
  ],
}

/** A lockfile with these places besides. */
function lockfile(packages: object): Files {
  const own = { '': {}, 'packages/ledger': {}, 'apps/server': {} }
  return { 'package-lock.json': JSON.stringify({ packages: { ...own, ...packages } }) }
}

/** A tree whose ledger asks for a package of a stranger. */
function needing(stranger: object): Files {
  return lockfile({
    'packages/ledger': { dependencies: { stranger: '1.0.0' } },
    'node_modules/stranger': { version: '1.0.0', ...stranger },
  })
}
