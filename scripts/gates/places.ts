import { filesBelow, read, type Finding, type Gate } from '../gate.ts'

const machine: readonly (readonly [RegExp, string])[] = [
  [/(?<![\w.~>-])\/(work|workspace|root|mnt\/[a-z]+)\/[\w.]/, 'a folder of one machine'],
  [/(?<![\w.~>-])\/(home|Users)\/(?!(user|example|art32)\b)[a-z]\w*\//, 'the home folder of somebody'],
  [/\/tmp\/(?=[\w.]*\d{3})[\w.]+\//, 'a temporary folder of one run'],
  [/\b(registry\.(npmjs\.org|yarnpkg\.com)|[\w-]*(artifactory|verdaccio|nexus)[\w-]*\.[a-z]{2,})/, 'a registry host'],
]

/** Readable everywhere: neither the folders of the machine it was written on nor the registry it was installed from. */
export const places: Gate = {
  name: 'places',
  holds: 'no path of one machine and no registry host',
  run: (root) =>
    filesBelow(root)
      .filter((file) => /\.(ts|tsx|mjs|json|md|html|css|sql|ya?ml|txt|run)$|^\.[a-z]/.test(file))
      .filter((file) => !file.startsWith('scripts/gates/'))
      .flatMap((file) =>
        read(root, file)
          .split('\n')
          .flatMap((line, at) => judge(file, line, at + 1)),
      ),
}

const judge = (file: string, line: string, at: number): Finding[] =>
  machine.flatMap(([pattern, what]) => {
    const hit = pattern.exec(line)
    return hit
      ? [{ place: `${file}:${at}`, says: `${hit[0]} is ${what}`, remedy: 'Take it as an argument, or leave it out.' }]
      : []
  })
