# Makes the C++ file that holds the page for people.
#   cmake -DWEB=<this folder> -DOUT=<page.cpp> [-DNODE=<node> -DNPM=<npm>] -P embed.cmake
# With Node the page is built from its TypeScript. Without, or when its packages cannot be had, a short page that says so takes its
# place, and everything else works as ever.
get_filename_component(folder ${OUT} DIRECTORY)

function(run)
  execute_process(COMMAND ${ARGN} WORKING_DIRECTORY ${WEB} RESULT_VARIABLE failed OUTPUT_VARIABLE said ERROR_VARIABLE said)
  set(failed ${failed} PARENT_SCOPE)
  set(said ${said} PARENT_SCOPE)
endfunction()

function(embed_short_page why)
  file(READ ${WEB}/fallback.html html)
  string(REPLACE "@WHY@" "${why}" html "${html}")
  file(WRITE ${OUT} "#include \"commands/page.h\"\n\nnamespace relata {\nstd::span<const PageFile> page_files() {\n"
    "  static constexpr PageFile kFiles[] = {{\"/\", \"text/html; charset=utf-8\", \"short\", R\"page(${html})page\", {}}};\n  return kFiles;\n}\n}\n")
  message("The page for people is a short one: ${why}")
endfunction()

if(NOT NODE OR NOT NPM)
  embed_short_page("this program was built without Node.js and npm.")
  return()
endif()
# The packages, exactly as locked, and only when the lock has changed.
file(SHA256 ${WEB}/package-lock.json lock)
set(stamp ${WEB}/node_modules/.relata-${lock})
if(NOT EXISTS ${stamp})
  run(${NPM} ci --no-audit --no-fund --loglevel=error)
  if(failed)
    message("${said}")
    embed_short_page("when this program was built, npm could not get the packages of the page.")
    return()
  endif()
  file(TOUCH ${stamp})
endif()
foreach(step "tsc;--noEmit" "vite;build;--logLevel;error;--outDir;${folder}/page;--emptyOutDir")
  list(POP_FRONT step tool)
  run(${NODE} node_modules/.bin/${tool} ${step})
  if(failed)
    message(FATAL_ERROR "${tool}: ${said}")
  endif()
endforeach()
run(${NODE} pack.mjs ${folder}/page ${OUT})
if(failed)
  message(FATAL_ERROR "${said}")
endif()
