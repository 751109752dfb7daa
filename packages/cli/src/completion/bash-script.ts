/**
 * The completion of bash, without the package bash-completion, for bash 3.2 (macOS) as well. Nothing that was typed or read is
 * evaluated. Fish and zsh take what `@bomb.sh/tab` has; its script for bash needs that package, knows no files and evaluates.
 */
export const bashScript = `# bash completion for accord: source <(accord completion bash)
_accord_completion() {
  local line=\${COMP_LINE:0:COMP_POINT} words=() found=() cur candidate directive=4 kept
  # Bash splits at @, = and : as well, which are part of accord's words.
  read -ra words <<<"$line"
  [[ $line == *[[:space:]] ]] && words+=('')
  cur=\${words[\${#words[@]}-1]}
  while IFS= read -r candidate; do
    case $candidate in
      :*) directive=\${candidate#:} ;;
      *) found+=("\${candidate%%$'\\t'*}") ;;
    esac
  done < <("\${words[0]}" completion complete -- "\${words[@]:1}" 2>/dev/null)
  COMPREPLY=()
  # What it replaces begins behind the last of these characters.
  kept=\${cur%"\${cur##*[@=:]}"}
  if [[ $directive == 0 ]]; then
    compopt -o filenames 2>/dev/null
    while IFS= read -r candidate; do COMPREPLY+=("$candidate"); done < <(compgen -f -- "\${cur#"\${kept}"}")
    return
  fi
  [[ $cur == --*=* ]] && kept=\${cur%%=*}=
  for candidate in "\${found[@]}"; do COMPREPLY+=("\${candidate#"$kept"}"); done
}
complete -F _accord_completion accord`;
