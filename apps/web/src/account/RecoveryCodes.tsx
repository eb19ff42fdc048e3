import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Recovery codes, shown this once: to be copied, kept as a file or printed. */
export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const { t } = useTranslation()
  const [copied, setCopied] = useState(false)
  const text = `${codes.join('\n')}\n`
  return (
    <>
      <p>{t('factor.recoveryText')}</p>
      <ol className="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div className="actions">
        <Button
          onClick={() => {
            void navigator.clipboard.writeText(text).then(() => setCopied(true))
          }}
        >
          {copied ? t('factor.copied') : t('factor.copy')}
        </Button>
        <Button
          component="a"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
          download="art32-codes.txt"
        >
          {t('factor.download')}
        </Button>
        <Button onClick={() => window.print()}>{t('factor.print')}</Button>
        <Button variant="filled" onClick={onKept}>
          {t('factor.kept')}
        </Button>
      </div>
      <p role="status" className="note">
        {copied ? t('factor.copied') : null}
      </p>
    </>
  )
}
