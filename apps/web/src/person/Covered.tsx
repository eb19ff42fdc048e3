import { useTranslation } from 'react-i18next'
import { signOf } from './record.ts'
import type { Coverage } from './record.ts'

/** How somebody stands to confidentiality or training: glyph and words, the colour says it a third time. */
export function Covered({ coverage, of }: { coverage: Coverage; of: 'agreement' | 'training' }) {
  const { t } = useTranslation()
  const { tone, glyph } = signOf(coverage)
  return (
    <span className={tone}>
      <span aria-hidden>{glyph} </span>
      {t(`record.${of}.${coverage}`)}
    </span>
  )
}
