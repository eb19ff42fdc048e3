import type { CurrentLine, Line } from '@art32/press'
import type { TenantContext } from '../evidence/index.ts'
import { counts, findRegister, graceHours, loadRegister } from '../measure/index.ts'
import type { RegisterLine } from '../measure/index.ts'
import { systemNames, valuesOf } from './edition.ts'

/**
 * What the register says today of each line that an edition may hold, by its id: what `liveEdition` compares an edition
 * with. Empty where there is no register.
 */
export async function currentLines(tx: TenantContext): Promise<Map<string, CurrentLine>> {
  const document = await findRegister(tx)
  if (!document) return new Map()
  const { lines } = await loadRegister(tx, document)
  const systems = await systemNames(tx, document.language)
  return new Map(lines.filter(counts).map((line) => [line.statement.id, currentOf(line, systems)]))
}

function currentOf(
  { statement, measure: { assessed } }: RegisterLine & { measure: NonNullable<RegisterLine['measure']> },
  systems: ReadonlyMap<string, string>,
): CurrentLine {
  const checks = assessed.parts.flatMap((part) => part.checks)
  const failing = checks.flatMap(({ state, excepted, failingSince }) =>
    state === 'fail' && !excepted && failingSince ? [failingSince] : [],
  )
  const since = failing.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null
  const { parameters }: Pick<Line, 'parameters'> = valuesOf(statement.parameters)
  return {
    text: statement.text,
    ...(parameters === undefined ? {} : { parameters }),
    assurance: assessed.assurance,
    publicState: assessed.publicState,
    checkedAt: assessed.checkedAt?.toISOString() ?? null,
    freshUntil: assessed.freshUntil?.toISOString() ?? null,
    failingSince: since?.toISOString() ?? null,
    dueFrom: since && new Date(since.getTime() + graceHours * 3_600_000).toISOString(),
    exceptionUntil: assessed.exception?.until ?? null,
    passes: checks.flatMap(({ relation, state, check, systemId, at, freshUntil }) => {
      if (relation !== 'proves' || state !== 'pass') return []
      const system = systems.get(systemId) ?? ''
      return [{ check, system, at: at.toISOString(), freshUntil: freshUntil.toISOString() }]
    }),
  }
}
