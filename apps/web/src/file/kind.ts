/** The word for a type of file, as a key of `file.type`. */
export function typeWord(type: string): 'pdf' | 'picture' | 'text' | 'table' | 'slides' | 'letter' | 'document' {
  if (type === 'application/pdf') return 'pdf'
  if (type.startsWith('image/')) return 'picture'
  if (type.includes('spreadsheet') || type === 'text/csv') return 'table'
  if (type.includes('presentation')) return 'slides'
  if (type === 'message/rfc822' || type.endsWith('outlook')) return 'letter'
  return type.startsWith('text/') || /json|xml$/.test(type) ? 'text' : 'document'
}

const kinds = [
  'sign-off',
  'duty',
  'guideline',
  'measure',
  'processor',
  'contract',
  'person',
  'training',
  'device',
  'incident',
  'report',
  'notice',
  'request',
  'risk',
  'review',
  'audit',
  'shield',
] as const

/** The word for what a file belongs to, as a key of `file.kind`. */
export function kindKey(kind: string): (typeof kinds)[number] | 'other' {
  return kinds.find((one) => one === kind) ?? 'other'
}
