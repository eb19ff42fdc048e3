import { assuranceSigns, assurances } from '@art32/press'
import { countRegister, findRegister, homeSlug, listFindings, loadRegister } from '@art32/server'
import type { Server } from '@art32/server'

/** The most findings that the summary shows. */
const shownFindings = 5

/** What the first screen says: counts by assurance, the worst findings, the links. */
export async function summarise(server: Server): Promise<string> {
  const { register, findings, drafts } = await server.tenants.asSystem(homeSlug, async (tx) => {
    const document = await findRegister(tx)
    return {
      register: document && countRegister(await loadRegister(tx, document)),
      findings: await listFindings(tx, ['open']),
      drafts: (await tx.sql.query(`select 1 from edition where state = 'edition' limit 1`)).rows.length === 0,
    }
  })
  const lines = ['', '  This installation']
  if (register) {
    const parts = assurances.flatMap((name) => {
      const n = register.assurance[name] ?? 0
      return n > 0 ? [`${assuranceSigns[name].glyph} ${n} ${assuranceSigns[name].word.en}`] : []
    })
    lines.push(`  ${register.lines} measures: ${parts.join(' · ')}`)
  }
  lines.push(...describeFindings(findings, `${server.url}/t/${homeSlug}/findings`))
  const trust = `${server.url}/trust/${homeSlug}`
  lines.push(
    '',
    `  Workplace    ${server.url}/`,
    `  Public page  ${trust}${drafts ? '   (draft edition, not yet reviewed by a signatory: only this machine sees it)' : ''}`,
    `  PDF          ${trust}/edition.pdf`,
    `  Verify       npx art32 verify ${trust}`,
  )
  return lines.join('\n')
}

/** What of a finding is told. */
type Told = Pick<Awaited<ReturnType<typeof listFindings>>[number], 'severity' | 'say' | 'remedy'>

/** The first few findings with what to do, and where the others are; what two checks say alike is told once. */
export function describeFindings(findings: readonly Told[], page: string): string[] {
  if (findings.length === 0) return []
  const shown = findings
    .filter(({ say }, at) => findings.findIndex((other) => other.say.en === say.en) === at)
    .slice(0, shownFindings)
  return [
    '',
    `  ${findings.length === 1 ? 'one finding' : `${findings.length} findings, the worst first`}:`,
    ...shown.flatMap(({ severity, say, remedy }) => [
      `    ${severity.padEnd(8)} ${say.en}`,
      `             ${remedy.en}`,
    ]),
    ...(shown.length < findings.length ? [`    All of them: ${page}`] : []),
  ]
}
