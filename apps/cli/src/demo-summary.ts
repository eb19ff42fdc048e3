import { assuranceSigns, assurances } from '@art32/press'
import { countRegister, findRegister, loadRegister } from '@art32/server'
import type { Server } from '@art32/server'
import { connectorOf } from '@art32/probes'
import type { Vendors } from './demo-vendors.ts'

/** What the demo says when it is ready: what was looked at, what of it is simulated, and how the examples stand. */
export async function summariseDemo(server: Server, { connections, address }: Vendors): Promise<string> {
  const lines = [
    '',
    `  Simulated, on ${address}: strict servers that answer as the vendors describe. Nothing asked a real cloud.`,
  ]
  for (const [slug, list] of Object.entries(connections)) {
    const counts = await server.tenants.asSystem(slug, async (tx) => {
      const document = await findRegister(tx)
      return document && countRegister(await loadRegister(tx, document)).assurance
    })
    const name = (await server.registry.list()).find((tenant) => tenant.slug === slug)?.name ?? slug
    const stands = assurances.flatMap((one) => {
      const n = counts?.[one] ?? 0
      return n > 0 ? [`${assuranceSigns[one].glyph} ${n} ${assuranceSigns[one].word.en}`] : []
    })
    const looked = [...new Set(list.map(({ connector }) => connectorOf(connector ?? '')?.title.en ?? connector))]
    lines.push('', `  ${name}`, `    ${stands.join(' · ')}`, ...wrapped(`looked at: ${looked.join(', ')}`))
  }
  return lines.join('\n')
}

const widest = 110

/** Words in lines, indented below a name. */
function wrapped(text: string): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < widest) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(`    ${word}`)
  }
  return lines
}
