/** Browsers and systems that are told apart; everything else is "other". */
export const browsers = ['Edge', 'Opera', 'Firefox', 'Chrome', 'Safari', 'art32', 'other'] as const
export const systems = ['Windows', 'Android', 'iOS', 'macOS', 'Linux', 'other'] as const

/** Of what kind the device of a session is: enough to know one's own, too little to follow anybody. */
export interface Device {
  readonly browser: (typeof browsers)[number]
  readonly system: (typeof systems)[number]
}

const browserMarks = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|CriOS)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
  [/^(?:node|art32)\b/, 'art32'],
] as const
const systemMarks = [
  [/\bWindows\b/, 'Windows'],
  [/\bAndroid\b/, 'Android'],
  [/\b(?:iPhone|iPad)\b/, 'iOS'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
] as const

/** The device in coarse form. @param agent attacker-controlled: the header User-Agent */
export function deviceOf(agent: string | null): Device {
  const text = agent ?? ''
  return {
    browser: browserMarks.find(([mark]) => mark.test(text))?.[1] ?? 'other',
    system: systemMarks.find(([mark]) => mark.test(text))?.[1] ?? 'other',
  }
}
