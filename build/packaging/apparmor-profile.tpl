# Ubuntu 24 and later give user namespaces, which Chromium's sandbox is made of, only to programs with a profile.
abi <abi/4.0>,
include <tunables/global>

profile "${executable}" "/opt/${sanitizedProductName}/${executable}" flags=(unconfined) {
  userns,

  # What the administrator of this computer adds. See local/README for details.
  include if exists <local/${executable}>
}
