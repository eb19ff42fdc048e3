import { parse } from 'yaml'
import { z } from 'zod'
import { targetOfSettings } from './form.ts'
import { TargetError } from './target.ts'
import type { Target } from './target.ts'

const File = z.array(
  z.strictObject({ connector: z.string().min(1), settings: z.record(z.string(), z.unknown()).default({}) }),
)

/** The longest file that is read, in characters. */
const longest = 262_144

/**
 * The targets of a file in YAML or JSON: a list of connectors with their settings. `${NAME}` in a text stands for a variable
 * of the environment, so that no secret lies in the file.
 *
 * @throws {TargetError} it names the entry and the setting, and repeats no value
 */
export function readTargets(text: string, environment: Readonly<Record<string, string | undefined>>): Target[] {
  if (text.length > longest) throw new TargetError('The file of connections is longer than 256 KiB.')
  const entries = File.safeParse(yamlOf(text))
  if (!entries.success) {
    const [issue] = entries.error.issues
    const [nth, ...path] = issue?.path ?? []
    const place =
      typeof nth === 'number' ? `Entry ${nth + 1}${path.length > 0 ? `, ${path.join('.')}` : ''}` : 'The file'
    throw new TargetError(`${place}: expected a list of entries with "connector" and "settings".`)
  }
  return entries.data.map(({ connector, settings }, index) => {
    const found = targetOfSettings(connector, filled(settings, environment, index + 1))
    if ('target' in found) return found.target
    throw new TargetError(
      `Entry ${index + 1}, ${connector}: missing, not understood or not known: ${found.wrong.join(', ')}.`,
    )
  })
}

function yamlOf(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 0, logLevel: 'error' })
  } catch {
    throw new TargetError('The file of connections is neither YAML nor JSON.')
  }
}

function filled<T>(value: T, environment: Readonly<Record<string, string | undefined>>, entry: number): T {
  if (typeof value === 'string')
    return value.replace(/\$\{(\w+)\}/g, (_place, name: string) => {
      const given = environment[name]
      if (given === undefined || given === '')
        throw new TargetError(`Entry ${entry}: the environment has no variable ${name}.`)
      return given
    }) as T & string
  if (Array.isArray(value)) return value.map((item: unknown) => filled(item, environment, entry)) as T & unknown[]
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, filled<unknown>(item, environment, entry)]),
  ) as T
}
