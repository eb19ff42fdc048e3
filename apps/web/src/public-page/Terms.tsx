import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import type { Output } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange } from '../api/use-api.ts'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'

/** What a reader accepts before something is given out; each change is a new version. */
export function Terms({ terms }: { terms: Output<'disclosure.list'>['terms'] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const mayWrite = useMay('room:write')
  const [text, setText] = useState<string | null>(null)
  const setting = useChange('disclosure.set_terms', {
    stale: ['disclosure.list'],
    quiet: true,
    onDone: () => setText(null),
  })
  return (
    <section className="section" aria-labelledby="terms">
      <h2 id="terms">{t('public.terms')}</h2>
      {terms === null ? (
        <p className="quiet">{t('public.noTerms')}</p>
      ) : (
        <>
          <p className="note quiet">
            {t('public.version', { version: terms.version })} · {day(terms.madeAt, language)}
          </p>
          <p className="public-text">{terms.text}</p>
        </>
      )}
      {!mayWrite ? null : text === null ? (
        <div className="public-deed">
          <Button onClick={() => setText(terms?.text ?? '')}>{t('public.changeTerms')}</Button>
        </div>
      ) : (
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault()
            setting.mutate({ text })
          }}
        >
          <Textarea
            label={t('public.termsText')}
            description={t('public.termsHint')}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            error={setting.error ? sentenceOf(setting.error, t) : undefined}
            required
            withAsterisk={false}
            maxLength={20_000}
            autosize
            minRows={4}
          />
          <Button type="submit" loading={setting.isPending}>
            {t('public.saveTerms')}
          </Button>
        </form>
      )}
    </section>
  )
}
