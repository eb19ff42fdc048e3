import { useTranslation } from 'react-i18next'
import { sentenceOf } from '../api/sentence.ts'

/** Why something was refused, beside the form that asked for it. */
export function Refused({ error }: { error: Error | null }) {
  const { t } = useTranslation()
  if (!error) return null
  return (
    <p className="refused" role="alert">
      {sentenceOf(error, t)}
    </p>
  )
}
