-- What of a signed ID token counts as two factors: 'mfa' among the methods (amr), or an authentication context (acrs). Null:
-- whoever comes by the provider has shown one factor.
alter table sign_in_provider add column factor text check (factor ~ '^(mfa|c[1-9][0-9]?)$');
