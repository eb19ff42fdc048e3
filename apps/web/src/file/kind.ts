/** The word for a type of file, as a key of `file.type`. */
export function typeWord(type: string): 'pdf' | 'picture' | 'text' | 'table' | 'slides' | 'letter' | 'document' {
  if (type === 'application/pdf') return 'pdf'
  if (type.startsWith('image/')) return 'picture'
  if (type.includes('spreadsheet') || type === 'text/csv') return 'table'
  if (type.includes('presentation')) return 'slides'
  if (type === 'message/rfc822' || type.endsWith('outlook')) return 'letter'
  return type.startsWith('text/') || /json|xml$/.test(type) ? 'text' : 'document'
}
