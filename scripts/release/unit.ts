/** Settings of a unit of systemd, by section; a setting may be given more than once. */
export type Unit = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>

/** Reads a unit. @source systemd.syntax(7) */
export function readUnit(text: string): Unit {
  const unit = new Map<string, Map<string, string[]>>()
  let section = new Map<string, string[]>()
  for (const line of text.split('\n').filter((one) => one.trim() !== '' && !/^[#;]/.test(one))) {
    const [, name] = /^\[(\w+)\]$/.exec(line) ?? []
    const [, key, value] = /^(\w+)=(.*)$/.exec(line) ?? []
    if (name !== undefined) unit.set(name, (section = new Map<string, string[]>()))
    else if (key !== undefined && value !== undefined) section.set(key, [...(section.get(key) ?? []), value])
    else throw new Error(`"${line}" is no line of a unit`)
  }
  return unit
}

/** One instruction of a Dockerfile: its word, and either its list (`["a", "b"]`) or its text. */
export interface Instruction {
  readonly word: string
  readonly flags: readonly string[]
  readonly text: string
  readonly list: readonly string[] | null
}

/** Reads a Dockerfile. @source https://docs.docker.com/reference/dockerfile/ */
export function readDockerfile(text: string): Instruction[] {
  const whole = text.replaceAll(/^\s*#.*\n/gm, '').replaceAll(/\\\n\s*/g, ' ')
  return whole
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, word = '', after = ''] = /^(\S+)\s+(.*)$/.exec(line.trim()) ?? []
      const flags = /^(--\S+\s+)*/.exec(after)?.[0].trim().split(/\s+/).filter(Boolean) ?? []
      const rest = after.replace(/^(--\S+\s+)*/, '')
      const json = rest.replace(/^CMD\s+/, '')
      return {
        word: word.toUpperCase(),
        flags,
        text: rest,
        list: json.startsWith('[') ? (JSON.parse(json) as string[]) : null,
      }
    })
}
