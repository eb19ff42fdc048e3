import { Button, FileInput, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { accentOf, contrastRatio, logoLimits, look } from '@art32/press'
import type { Accent } from '@art32/press'
import { useMay } from '../account/session.ts'
import type { Output } from '../api/api.ts'
import { ask } from '../api/call.ts'
import { tenantAddress } from '../api/request.ts'
import { sentenceOf } from '../api/sentence.ts'
import { keyOf, useChange, useRead, useTenant } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { useLanguage } from '../language/use-language.ts'
import '../frame/blocks.css'
import './letterhead.css'

type LetterheadView = Output<'letterhead.show'>
type LogoView = NonNullable<LetterheadView['logo']>

/** Logo and colour of the editions to come, as they will look on paper and in the dark. */
export function LetterheadPage() {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const letterhead = useRead('letterhead.show', {})
  return (
    <Page
      title={t('letterhead.title')}
      over={
        <Link to="/t/$slug/editions" params={{ slug }}>
          {t('edition.title')}
        </Link>
      }
      lead={t('letterhead.lead')}
    >
      <Loaded read={letterhead}>{(shown) => <Letterhead key={shown.accent?.light ?? ''} shown={shown} />}</Loaded>
    </Page>
  )
}

function Letterhead({ shown }: { shown: LetterheadView }) {
  const { t } = useTranslation()
  const mayDraft = useMay('edition:draft')
  const saved = shown.accent?.light ?? ''
  const [colour, setColour] = useState(saved)
  const found = /^#[0-9a-f]{6}$/i.test(colour) ? accentOf(colour) : null
  const changing = useChange('letterhead.colour', { stale: ['letterhead.show'], quiet: true })
  return (
    <div className="blocks">
      <Preview accent={found?.accent ?? null} logo={shown.logo} />
      {mayDraft ? (
        <>
          <form
            className="form"
            onSubmit={(event) => {
              event.preventDefault()
              changing.mutate({ colour: colour === '' ? null : colour })
            }}
          >
            <TextInput
              label={t('letterhead.colour')}
              description={<ColourNote colour={colour} found={found} />}
              placeholder="#1d5b8c"
              value={colour}
              onChange={(event) => setColour(event.currentTarget.value.trim())}
              leftSection={
                <input
                  type="color"
                  className="letterhead-swatch"
                  aria-label={t('letterhead.pick')}
                  value={/^#[0-9a-f]{6}$/i.test(colour) ? colour : look.colours.light.ink}
                  onChange={(event) => setColour(event.currentTarget.value)}
                />
              }
              error={changing.error ? sentenceOf(changing.error, t) : undefined}
              autoComplete="off"
              spellCheck={false}
            />
            <Button
              type="submit"
              loading={changing.isPending}
              disabled={colour === saved || (colour !== '' && !found?.accent)}
            >
              {t('letterhead.setColour')}
            </Button>
          </form>
          <LogoForm logo={shown.logo} />
        </>
      ) : null}
    </div>
  )
}

/** How the colour can be read; what would be read in its place. */
function ColourNote({ colour, found }: { colour: string; found: ReturnType<typeof accentOf> | null }) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (colour === '') return <>{t('letterhead.noColour')}</>
  if (found === null) return <>{t('letterhead.form')}</>
  const written = (ratio: number) => ratio.toLocaleString(language, { maximumFractionDigits: 1 })
  if (!found.accent) return <>{t('letterhead.pale', { ratio: written(found.ratio), nearest: found.nearest })}</>
  return (
    <>
      {t('letterhead.reads', {
        ratio: written(contrastRatio(found.accent.light, look.colours.light.paper)),
        dark: found.accent.dark,
      })}
    </>
  )
}

function Preview({ accent, logo }: { accent: Accent | null; logo: LogoView | null }) {
  const { t } = useTranslation()
  return (
    <div className="letterhead-previews">
      {(['light', 'dark'] as const).map((scheme) => {
        const { paper, ink, quiet } = look.colours[scheme]
        const head = accent?.[scheme] ?? ink
        return (
          <figure key={scheme}>
            <div className={`letterhead-sheet ${scheme}`} style={{ background: paper, color: head }}>
              {logo === null ? null : <img src={`data:${logo.type};base64,${logo.bytes}`} alt={t('letterhead.logo')} />}
              <strong>{t('letterhead.sampleName')}</strong>
              <span className="letterhead-heading">{t('letterhead.sampleHeading')}</span>
              <span style={{ color: quiet }}>{t('letterhead.sampleNote')}</span>
            </div>
            <figcaption className="note quiet">{t(`letterhead.scheme.${scheme}`)}</figcaption>
          </figure>
        )
      })}
    </div>
  )
}

function LogoForm({ logo }: { logo: LogoView | null }) {
  const { t } = useTranslation()
  const tenant = useTenant() ?? ''
  const client = useQueryClient()
  const [file, setFile] = useState<File | null>(null)
  const removing = useChange('letterhead.remove_logo', { stale: ['letterhead.show'] })
  const setting = useMutation({
    mutationFn: (chosen: File) => {
      const address = tenantAddress(tenant, 'letterhead.logo', { name: chosen.name })
      return ask<Output<'letterhead.logo'>>(address, { method: 'POST', body: chosen })
    },
    onSuccess: async () => {
      setFile(null)
      await client.invalidateQueries({ queryKey: keyOf(tenant, 'letterhead.show') })
    },
  })
  const { bytes, width, height } = logoLimits
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        if (file) setting.mutate(file)
      }}
    >
      <FileInput
        label={t('letterhead.logo')}
        description={t('letterhead.limits', { kilobytes: bytes / 1_024, width, height })}
        placeholder={t('transfer.choose')}
        accept="image/png"
        value={file}
        onChange={setFile}
        error={setting.error ? sentenceOf(setting.error, t) : undefined}
        clearable
        clearButtonProps={{ 'aria-label': t('transfer.clear') }}
      />
      <div className="actions">
        <Button type="submit" loading={setting.isPending} disabled={file === null}>
          {t('letterhead.setLogo')}
        </Button>
        {logo === null ? null : (
          <Button loading={removing.isPending} onClick={() => removing.mutate({})}>
            {t('letterhead.removeLogo')}
          </Button>
        )}
      </div>
    </form>
  )
}
