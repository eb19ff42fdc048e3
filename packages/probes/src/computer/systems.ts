import type { HostFacts } from '../host/facts.ts'

/** Builds of Windows and the releases that people call them by; https://learn.microsoft.com/windows/release-health/ */
const releases: Readonly<Record<string, string>> = {
  '26200': '11-25h2',
  '26100': '11-24h2',
  '22631': '11-23h2',
  '22621': '11-22h2',
  '22000': '11-21h2',
  '19045': '10-22h2',
  '19044': '10-21h2',
}

/** Ids of os-release(5), as osquery gives them, that endoflife.date calls otherwise. */
const ids: Readonly<Record<string, string>> = {
  darwin: 'macos',
  rhel: 'rhel',
  amzn: 'amazon-linux',
  rocky: 'rocky-linux',
  alpine: 'alpine-linux',
}

/**
 * The operating system as an inventory names it, or undefined where it does not.
 *
 * @param platform `darwin`, `windows`, `Windows`, `macOS`, `debian` …
 * @param version as `10.0.22631.3447`, `14.5 (23F79)`, `12 (bookworm)`
 * @param name with the edition, as `Microsoft Windows 11 Enterprise`, where it is known
 */
export function systemOf(platform: string, version: string, name = ''): HostFacts['system'] | undefined {
  const os = platform.trim().toLowerCase()
  const number = /^\d+(?:\.\d+)*/.exec(version.trim())?.[0]
  if (number === undefined || os === '') return undefined
  if (os.startsWith('windows')) {
    const build = number.split('.')[2] ?? ''
    // Where the edition is not told, the channel that is supported for less long.
    const channel = /enterprise|education/i.test(name) ? 'e' : 'w'
    const release = releases[build]
    return {
      product: 'windows',
      version: release === undefined ? number : `${release}-${channel}`,
      name: `Windows ${release ?? number} (${build})`,
    }
  }
  const product = ids[os] ?? os.replaceAll(/[^a-z0-9.-]/g, '-')
  return { product, version: number, name: `${product} ${number}` }
}
