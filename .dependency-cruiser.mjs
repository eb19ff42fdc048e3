/*
 * Who may import whom. The order of the server modules is the one of ARCHITECTURE.md: each imports only to its left, and
 * only through another module's index.ts. scripts/gates/layers.ts runs these rules and sees to it that none is blind.
 */
import fs from 'node:fs'

/** Left to right; modules of one group know nothing of each other. */
export const moduleOrder = [
  ['kernel'],
  ['platform'],
  ['tenant', 'account'],
  ['evidence'],
  ['calendar'],
  ['paper'],
  ['access'],
  ['directory'],
  ['privacy'],
  ['file'],
  ['shield'],
  ['catalogue', 'system'],
  ['measure'],
  ['connection'],
  ['check'],
  ['finding'],
  ['person'],
  ['guideline', 'duty'],
  ['incident'],
  ['processor', 'review'],
  ['contract'],
  ['request', 'risk'],
  ['edition'],
  ['audit'],
  ['room', 'profile', 'disclosure', 'processing', 'report'],
  ['notice'],
  ['overview'],
  ['notification'],
  ['announcement'],
  ['site'],
  ['subscription'],
  ['portal'],
  ['publication'],
  ['custody'],
  ['backup'],
  ['placement'],
  ['isolation'],
  ['http'],
  ['kiosk'],
]

const server = '^apps/server/src'
const test = '\\.test\\.tsx?$'
const anyOf = (names) => `(${names.join('|')})`
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

const leftOnly = moduleOrder.map((group, position) =>
  forbid(
    `server-order-${group.join('-')}`,
    'A server module imports only modules to its left. Announce it by an event that main.ts subscribes, or move it.',
    { path: `${server}/${anyOf(group)}/`, pathNot: test },
    {
      path: `${server}/(${anyOf(moduleOrder.slice(position).flat())}/|[^/]+\\.ts$)`,
      pathNot: `${server}/$1/`,
    },
  ),
)

/** The files a package.json exports: the only way into a workspace from outside. */
const doors = ['packages', 'apps'].flatMap((kind) =>
  fs.existsSync(kind)
    ? fs.readdirSync(kind).flatMap((name) => {
        const manifest = `${kind}/${name}/package.json`
        if (!fs.existsSync(manifest)) return []
        const entries = Object.values(JSON.parse(fs.readFileSync(manifest, 'utf8')).exports ?? {})
        return entries.map((file) => `^${kind}/${name}/${file.replace('./', '').replaceAll('.', '\\.')}$`)
      })
    : [],
)

export default {
  forbidden: [
    ...leftOnly,
    forbid(
      'server-front-door',
      'Another module is entered by its index.ts only. Export what you need there, with a comment.',
      { path: `${server}/([^/]+)/`, pathNot: test },
      { path: `${server}/[^/]+/`, pathNot: [`${server}/$1/`, `${server}/[^/]+/(index|plain)\\.ts$`] },
    ),
    forbid(
      'server-front-door-main',
      'Another module is entered by its index.ts only. Export what you need there, with a comment.',
      { path: `${server}/[^/]+\\.ts$`, pathNot: test },
      { path: `${server}/[^/]+/`, pathNot: `${server}/[^/]+/index\\.ts$` },
    ),
    forbid(
      'platform-owns-the-world',
      'Disk, network and processes belong to platform; the other modules receive them.',
      { path: `${server}/[^/]+/`, pathNot: [`${server}/(platform|http)/`, test] },
      { dependencyTypes: ['core'], path: '^(node:)?(fs|net|tls|http|https|http2|dns|dgram|child_process)(/|$)' },
    ),
    forbid(
      'workspace-front-door',
      'Another workspace is entered by what its package.json exports.',
      { path: '^((?:packages|apps)/[^/]+)/' },
      { path: '^(packages|apps)/[^/]+/', pathNot: ['^$1/', ...doors] },
    ),
    forbid(
      'packages-know-no-app',
      'A package runs outside the server; what it needs of an app is an argument.',
      { path: '^packages/' },
      { path: '^(apps|bench|examples)/' },
    ),
    forbid(
      'pure-packages',
      'ledger and catalogue run in a browser and have no dependencies: what they need is injected.',
      { path: '^packages/(ledger|catalogue)/src/', pathNot: test },
      { dependencyTypesNot: ['local'], pathNot: '^packages/(ledger|catalogue)/' },
    ),
    forbid(
      'web-knows-types-only',
      'The web app talks to the server by HTTP; it may import the types of apps/server/src/api.ts only.',
      { path: '^apps/web/' },
      { path: '^apps/server/', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'web-runs-in-a-browser',
      'A browser has no node: modules.',
      { path: '^apps/web/src/', pathNot: test },
      { dependencyTypes: ['core'] },
    ),
    forbid(
      'nobody-imports-tests',
      'Product code must run without tests, scripts and benchmarks.',
      { path: '^(packages|apps)/[^/]+/src/', pathNot: test },
      { path: ['^(scripts|e2e|bench)/', test] },
    ),
    forbid('no-cycle', 'Two files that need each other are one file, or miss a third.', {}, { circular: true }),
    forbid(
      'resolvable',
      'An import that leads nowhere blinds every other rule.',
      { path: '^(packages|apps|scripts|e2e|bench)/' },
      { couldNotResolve: true, pathNot: ['^virtual:', '[.](css|svg|woff2)'] },
    ),
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(node_modules/\\.types|dist|fixtures)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
    },
  },
}
