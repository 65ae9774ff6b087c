# Completion of oocli for fish, made from oocli itself.
#
# For this session:  oocli completion fish | source
# For good:          oocli completion fish > ~/.config/fish/completions/oocli.fish

# Print the command typed so far: `call`, or a noun with its verb, `portals use`.
function __oocli_command
    set -l words (commandline -opc)
    switch "$words[2] $words[3]"
        case 'portals list' 'portals use' 'portals remove' 'files ls' 'files id' 'files mkdir' 'files mv' 'files cp' 'files rm' 'demo serve'
            echo "$words[2] $words[3]"
        case '*'
            echo "$words[2]"
    end
end

# Print the arguments before the cursor of the command $argv[1].
function __oocli_arguments
    set -l words (commandline -opc)
    set -l path oocli (string split -n ' ' -- "$argv[1]")
    set -e words[1..(count $path)]
    set -l valued (__oocli_valued "$argv[1]")
    set -l pending no
    set -l only_arguments no
    for word in $words
        if test $pending = yes
            set pending no
        else if test $only_arguments = yes
            echo -- $word
        else if test "$word" = --
            set only_arguments yes
        else if string match -q -- '-?*' "$word"
            contains -- "$word" $valued; and set pending yes
        else
            echo -- $word
        end
    end
end

# Whether the command typed so far is $argv[1] and, if $argv[2] is given, whether that many of its
# arguments stand before the cursor; `2+` means two or more.
function __oocli_at
    test (__oocli_command) = "$argv[1]"; or return 1
    set -q argv[2]; or return 0
    set -l count (count (__oocli_arguments "$argv[1]"))
    if string match -q '*+' -- $argv[2]
        test $count -ge (string trim -c + -- $argv[2])
    else
        test $count -eq $argv[2]
    end
end

# Print the options of the command $argv[1] that take the word after them.
function __oocli_valued
    switch $argv[1]
        case 'login'
            string split ' ' -- '--user --password-file --otp --otp-command --phone --key-name --key-days --key-scope --portal --timeout --max-time --retry --proxy --cacert --client-cert --color --error-format'
        case 'whoami'
            string split ' ' -- '--format --portal --timeout --max-time --retry --proxy --cacert --client-cert --color --error-format'
        case 'portals list'
            string split ' ' -- '--format --color --error-format'
        case 'portals use'
            string split ' ' -- '--color --error-format'
        case 'portals remove'
            string split ' ' -- '--color --error-format'
        case 'token'
            string split ' ' -- '--portal --timeout --max-time --retry --proxy --cacert --client-cert --color --error-format'
        case 'logout'
            string split ' ' -- '--portal --timeout --max-time --retry --proxy --cacert --client-cert --color --error-format'
        case 'call'
            string split ' ' -- '-p --param -f --raw-field -F --field -d --data --part -H --header --wait-timeout --limit --page-size --jq --format --columns -o --output --portal --timeout --max-time --retry --proxy --cacert --client-cert --color --error-format'
        case 'api'
            string split ' ' -- '--kind --limit --format --portal --color --error-format'
        case 'batch'
            string split ' ' -- '--parallel --rate --resume --portal --timeout --max-time --retry --proxy --cacert --client-cert --color --error-format'
        case 'files ls'
            string split ' ' -- '--format --columns --portal --timeout --max-time --retry --proxy --cacert --client-cert --color --error-format'
        case 'files id'
            string split ' ' -- '--portal --timeout --max-time --retry --proxy --cacert --client-cert --color --error-format'
        case 'files mkdir'
            string split ' ' -- '--portal --timeout --max-time --retry --proxy --cacert --client-cert --color --error-format'
        case 'files mv'
            string split ' ' -- '--portal --timeout --max-time --retry --proxy --cacert --client-cert --color --error-format'
        case 'files cp'
            string split ' ' -- '--portal --timeout --max-time --retry --proxy --cacert --client-cert --color --error-format'
        case 'files rm'
            string split ' ' -- '--portal --timeout --max-time --retry --proxy --cacert --client-cert --color --error-format'
        case 'demo'
            string split ' ' -- '--kind --color --error-format'
        case 'demo serve'
            string split ' ' -- '--port --kind --tls-cert --tls-key --tfa --fault --color --error-format'
        case 'doctor'
            string split ' ' -- '--format --portal --timeout --max-time --retry --proxy --cacert --client-cert --color --error-format'
        case 'completion'
            string split ' ' -- '--color --error-format'
        case 'help'
            string split ' ' -- '--color --error-format'
    end
end

function __oocli_portals
    command oocli completion --portals 2>/dev/null
end

# Print the files that go on from what stands after an `@`.
function __oocli_text_or_file
    set -l word (commandline -ct)
    # Without its quotes, of which the last may be open.
    set -l plain (string unescape -- $word)
    or set plain (string unescape -- $word\')
    or set plain (string unescape -- $word\")
    set -l parts (string match -r -- '^([^@]*@)(.*)$' $plain); or return
    for file in (complete -C "'' "(string escape -- $parts[3]))
        echo "$parts[2]$file"
    end
end

# Print the kinds that the portal may be of, `w` or `d`, as portals.json tells.
function __oocli_kinds
    set -l key $OOCLI_PORTAL
    set -l words (commandline -opc)
    set -l before
    for word in $words
        string match -q -- '--portal=*' $word; and set key (string sub -s 10 -- $word)
        test "$before" = --portal; and set key $word
        set before $word
    end
    set -l file $XDG_CONFIG_HOME/oocli
    if set -q OOCLI_CONFIG_DIR; and test -n "$OOCLI_CONFIG_DIR"
        set file $OOCLI_CONFIG_DIR
    else if not set -q XDG_CONFIG_HOME; or test -z "$XDG_CONFIG_HOME"
        set file $HOME/.config/oocli
        test -d "$HOME/Library/Application Support/oocli"
        and set file "$HOME/Library/Application Support/oocli"
    end
    set -l text
    test -r $file/portals.json; and read -z text <$file/portals.json
    if test -z "$key"
        set -l default (string match -r -- '\n  "default": "([^"]*)"' "$text")
        set key $default[-1] # the whole match, which has lines, comes first
    end
    set key (string replace -r -- '^https?://' '' "$key" | string trim -r -c /)
    set -l entry '\n    "'(string escape --style=regex -- "$key")'": \{'
    set -l found (string match -r -- $entry'(?:\n      [^\n]*)*?\n      "kind": "(w|d)' "$text")
    if set -q found[1]
        echo $found[-1]
    else
        printf '%s\n' w d
    end
end

# Print the operations of KIND METHOD WORD, or the first words of KIND METHOD.
function __oocli_operations
    switch $argv[1]
        case 'w POST'
            string split ' ' -- 'authentication authentication/ calendar calendar/ community/ crm/ files/ group group/ mail/ mailserver/ migration/ people people/ portal/ project project/ security/ settings/'
        case 'w PUT'
            string split ' ' -- 'calendar/ community/ crm/ feed/ files/ group/ mail/ mailserver/ people/ project/ security/ settings/'
        case 'w DELETE'
            string split ' ' -- 'calendar/ community/ crm/ files/ group/ mail/ mailserver/ people/ portal/ project project/ settings/'
        case 'w GET'
            string split ' ' -- 'calendar/ capabilities community/ crm/ feed/ files/ group group/ mail/ mailserver/ migration/ people people/ portal portal/ project project/ security/ settings settings/'
        case 'd GET'
            string split ' ' -- 'accounts/ authentication backup/ capabilities clients clients/ files/ group group/ keys keys/ migration/ people people/ portal portal/ scopes security/ settings settings/ smtpsettings/ thirdparty/'
        case 'd POST'
            string split ' ' -- 'authentication authentication/ backup/ clients files/ group group/ keys migration/ people people/ portal/ security/ settings/ smtpsettings/'
        case 'd DELETE'
            string split ' ' -- 'backup/ clients/ files/ group/ keys/ people/ portal/ settings/ smtpsettings/'
        case 'd PUT'
            string split ' ' -- 'clients/ files/ group/ keys/ people/ portal/ security/ settings/'
        case 'd PATCH'
            string split ' ' -- 'clients/'
        case 'w POST authentication'
            string split ' ' -- '||userName,password,provider,accessToken,codeOAuth sendsms||userName,password,provider,accessToken setphone||userName,password,provider,accessToken,mobilePhone {code}||userName,password,provider,accessToken,codeOAuth'
        case 'w POST calendar'
            string split ' ' -- '||name,description,textColor,backgroundColor,timeZone,alertType,sharingOptions[],iCalUrl,isTodo calendarUrl||iCalUrl,name,textColor,backgroundColor event||name,description,startDate,endDate,repeatType,alertType,isAllDayLong,sharingOptions[] icsevent||calendarId,ics,alertType,sharingOptions[],eventUid icstodo||ics,todoUid import|| importIcs||calendarId,iCalString outsideevent||calendarGuid,eventGuid,ics utcoffset||timeZone,startDate,endDate {calendarId}/event||name,description,startDate,endDate,repeatType,alertType,isAllDayLong,sharingOptions[] {calendarId}/import||'
        case 'w PUT calendar'
            string split ' ' -- 'caldavevent||calendarId,uid,alert,responsibles[] icsevent||eventId,calendarId,ics,alertType,sharingOptions[],fromCalDavServer,ownerId icstodo||todoId,calendarId,ics,fromCalDavServer refreshcaldavcalendar||calendarId,team[] {calendarId}||name,description,textColor,backgroundColor,timeZone,alertType,hideEvents,sharingOptions[],iCalUrl {calendarId}/view||name,textColor,backgroundColor,timeZone,alertType,hideEvents {calendarId}/{eventId}||name,description,startDate,endDate,repeatType,alertType,isAllDayLong,sharingOptions[],status'
        case 'w DELETE calendar'
            string split ' ' -- 'caldavevent||calendarId,uid,responsibles[] caldavprojcal||calendarId,team[] events/{eventId}|| events/{eventId}/custom||date,type,fromCaldavServer,uri events/{eventId}/unsubscribe|| todos/{todoId}||fromCaldavServer {calendarId}||'
        case 'w GET calendar'
            string split ' ' -- 'calendar/{calendarId}/{startDate}/{endDate}|| calendars/{startDate}/{endDate}|%| events/{eventId}/historybyid|| events/{eventUid}/historybyuid|| sharing|| subscriptions|%| {calendarId}|| {calendarId}/caldavurl|uri| {calendarId}/ical/{signature}|| {calendarId}/icalurl|| {calendarId}/sharing||'
        case 'w GET capabilities'
            string split ' ' -- '||'
        case 'w GET community'
            string split ' ' -- 'blog|%| blog/@search/{query}|%| blog/@self|%| blog/tag|%| blog/tag/{tag}|%| blog/user/{username}|%| blog/{postid}|| blog/{postid}/comment|%| bookmark|%| bookmark/@favs|%| bookmark/@search/{query}|%| bookmark/@self|%| bookmark/bytag|tag,%| bookmark/tag|%| bookmark/top/day|%| bookmark/top/month|%| bookmark/top/recent|%| bookmark/top/week|%| bookmark/top/year|%| bookmark/{id}|| bookmark/{id}/comment|%| event|%| event/@search/{query}|%| event/@self|%| event/{feedid}|| event/{feedid}/comment|%| forum|| forum/@search/{query}|%| forum/topic/recent|%| forum/topic/{topicid}|| forum/{threadid}|| wiki|category,%| wiki/file/{name}|| wiki/search/bycontent/{content}|%| wiki/search/byname/{name}|%| wiki/{name}|version| wiki/{page}/comment|%| wiki/{page}/story|%|'
        case 'w POST community'
            string split ' ' -- 'blog||title,content,tags,subscribeComments blog/comment||parentcommentid,entityid,content blog/comment/preview||commentid,htmltext blog/{postid}/comment||content,parentId bookmark||url,title,description,tags bookmark/comment||parentcommentid,entityid,content bookmark/comment/preview||commentid,htmltext bookmark/{id}/comment||content,parentId event||title,content,type event/comment||parentcommentid,entityid,content event/comment/preview||commentid,htmltext event/{feedid}/comment||content,parentId event/{feedid}/subscribe||isSubscribe event/{feedid}/vote||variants[] forum||categoryId,categoryName,threadName,threadDescription forum/topic/{topicid}||parentPostId,subject,content forum/{threadid}||subject,content,topicType preview||title,content wiki||name,body wiki/comment||parentcommentid,entityid,content wiki/comment/preview||commentid,htmltext wiki/file|| wiki/{page}/comment||content,parentId'
        case 'w PUT community'
            string split ' ' -- 'blog/comment/{commentid}||content blog/{postid}||title,content,tags bookmark/comment/{commentid}||content event/comment/{commentid}||content event/{feedid}||title,content,type forum/topic/{topicid}||subject,sticky,closed forum/topic/{topicid}/{postid}||subject,content wiki/comment/{commentid}||content wiki/{name}||body'
        case 'w DELETE community'
            string split ' ' -- 'blog/comment/{commentid}|| blog/{postid}|| bookmark/@favs/{id}|| bookmark/comment/{commentid}|| bookmark/{id}|| event/comment/{commentid}|| event/{feedid}|| forum/category/{categoryid}|| forum/post/{postid}|| forum/thread/{threadid}|| forum/topic/{topicid}|| wiki/comment/{commentid}|| wiki/file/{name}|| wiki/{name}||'
        case 'w POST crm'
            string split ' ' -- 'case||title,members[],customFieldList[],isPrivate,accessList[],isNotify case/filter/taglist||contactid,isClosed[],tags[],tagName case/{caseid}/contact||contactid contact/company||companyName,about,personList[],shareType,managerList[],customFieldList[] contact/company/quick||companyName[] contact/company/{companyid}/person||personid contact/filter/taglist||tags[],contactStage,contactType,contactListView,fromDate,toDate,tagName contact/person||firstName,lastName,jobTitle,companyId,about,shareType,managerList[],customFieldList[] contact/person/quick||data[] contact/project/{projectid}||contactid[] contact/status||title,description,color,sortOrder contact/type||title,sortOrder contact/{contactid}/addressdata||address contact/{contactid}/data||infoType,data,isPrimary,category contact/{contactid}/opportunity/{opportunityid}|| contact/{contactid}/project/{projectid}|| currency/addrates||rates[] currency/rates||fromCurrency,toCurrency,rate currency/setrates||currency,rates[] history||entityType,entityId,contactId,content,categoryId,created,fileId[],notifyUserList[] history/category||title,description,imageName,sortOrder invoice||number,issueDate,templateType,contactId,consigneeId,entityId,billingAddressID,deliveryAddressID,dueDate,language,currency,exchangeRate,purchaseOrderNumber,terms,description,invoiceLines[] invoice/converter/data||invoiceId,storageUrl,revisionId invoice/tax||name,description,rate invoiceitem||title,description,price,sku,stockQuantity,trackInventory,invoiceTax1id,invoiceTax2id invoiceline||invoiceId,invoiceItemId,invoiceTax1Id,invoiceTax2Id,sortOrder,description,quantity,price,discount opportunity||contactid,members[],title,description,responsibleid,bidType,bidValue,bidCurrencyAbbr,perPeriodValue,stageid,successProbability,actualCloseDate,expectedCloseDate,customFieldList[],isPrivate,accessList[],isNotify opportunity/filter/taglist||responsibleid,opportunityStagesid,tags[],contactid,stageType[],contactAlsoIsParticipant[],fromDate,toDate,tagName opportunity/stage||title,description,color,successProbability,stageType opportunity/{opportunityid}/contact/{contactid}|| report/check||type,timePeriod,managers[] report/generate||type,timePeriod,managers[] task||title,description,deadline,responsibleId,categoryId,contactId,entityType,entityId,isNotify,alertValue task/category||title,description,imageName,sortOrder voip/call||to,contactId voip/call/{callId}||from,to,answeredBy,status[],contactId,price[] voip/call/{callId}/answer|| voip/call/{callId}/redirect||to voip/call/{callId}/reject|| voip/numbers||number voip/numbers/link||id voip/price/{callId}|| {entityType}/customfield||label,fieldType,position,mask {entityType}/tag||tagName {entityType}/taglist||entityid[],tagName {entityType}/{entityid}/customfield/{fieldid}||fieldValue {entityType}/{entityid}/files||fileids[] {entityType}/{entityid}/files/text||title,content {entityType}/{entityid}/files/upload||file,contentType,contentDisposition,storeOriginalFileFlag {entityType}/{entityid}/tag||tagName {entityType}/{entityid}/tag/group||tagName'
        case 'w PUT crm'
            string split ' ' -- 'case||casesids[] case/access||casesid[],isPrivate,accessList[] case/filter/access||contactid,isClosed[],tags[],isPrivate,accessList[] case/{caseid}||title,members[],customFieldList[],isPrivate,accessList[],isNotify case/{caseid}/access||isPrivate,accessList[] case/{caseid}/close|| case/{caseid}/reopen|| contact||contactids[] contact/access||contactid[],isShared,managerList[] contact/company/{companyid}||companyName,about,shareType,managerList[],customFieldList[] contact/company/{companyid}/status||contactStatusid contact/filter/access||tags[],contactStage[],contactType[],contactListView,fromDate,toDate,isPrivate,managerList[] contact/mailtohistory/settings||writeMailToHistoryAuto contact/merge||fromcontactid,tocontactid contact/person/{personid}||firstName,lastName,jobTitle,companyId,about,shareType,managerList[],customFieldList[] contact/person/{personid}/status||contactStatusid contact/status/reorder||titles[] contact/status/settings||changeContactStatusGroupAuto[] contact/status/{id}||title,description,color,sortOrder contact/status/{id}/color||color contact/tag/settings||addTagToContactGroupAuto[] contact/type/reorder||titles[] contact/type/{id}||title,sortOrder contact/{contactid}/access||isShared,managerList[] contact/{contactid}/addressdata/{id}||address contact/{contactid}/changephoto|| contact/{contactid}/changephotobyurl||photourl contact/{contactid}/data/{id}||infoType[],data,isPrimary[],category contact/{contactid}/status||contactStatusid currency/rates/{id}||fromCurrency,toCurrency,rate history/category/reorder||titles[] history/category/{id}||title,description,imageName,sortOrder history/category/{id}/icon||imageName invoice/settings/name||autogenerated,prefix,number invoice/settings/terms||terms invoice/status/{status}||invoiceids[] invoice/tax/{id}||name,description,rate invoice/{id}||issueDate,templateType,contactId,consigneeId,entityId,billingAddressID,deliveryAddressID,dueDate,language,currency,exchangeRate,purchaseOrderNumber,terms,description,invoiceLines[] invoiceitem/{id}||title,description,price,sku,stockQuantity,trackInventory,invoiceTax1id,invoiceTax2id invoiceline/{id}||invoiceId,invoiceItemId,invoiceTax1Id,invoiceTax2Id,sortOrder,description,quantity,price,discount opportunity||opportunityids[] opportunity/access||opportunityid[],isPrivate,accessList[] opportunity/filter/access||responsibleid,opportunityStagesid,tags[],contactid,stageType[],contactAlsoIsParticipant[],fromDate,toDate,isPrivate,accessList[] opportunity/stage/reorder||ids[] opportunity/stage/{id}||title,description,color,successProbability,stageType opportunity/stage/{id}/color||color opportunity/{opportunityid}||contactid,members[],title,description,responsibleid,bidType,bidValue,bidCurrencyAbbr,perPeriodValue,stageid,successProbability,actualCloseDate,expectedCloseDate,customFieldList[],isPrivate,accessList[],isNotify opportunity/{opportunityid}/access||isPrivate,accessList[] opportunity/{opportunityid}/stage/{id}||stageid settings||configured[],webFormKey[] settings/currency||currency settings/organisation/address||street,city,state,zip,country settings/organisation/base||companyName settings/organisation/logo||reset settings/webformkey/change|| task/category/reorder||titles[] task/category/{id}||title,description,imageName,sortOrder task/category/{id}/icon||imageName task/{taskid}||title,description,deadline,responsibleid,categoryid,contactid,entityType,entityid,isNotify,alertValue task/{taskid}/close|| task/{taskid}/reopen|| voip/numbers/settings||queue,pause voip/numbers/{numberId}/oper||operators[] voip/numbers/{numberId}/settings||greeting,holdUp,wait,voiceMail,workingHours,allowOutgoingCalls[],record[],alias voip/opers/{operatorId}||status[],allowOutgoingCalls[],record[],answerType[],redirectToNumber {entityType}/customfield/reorder||fieldids[] {entityType}/customfield/{id}||label,fieldType,position,mask'
        case 'w GET crm'
            string split ' ' -- 'case/filter|contactid,isClosed,tags,%| case/{caseid}|| case/{caseid}/contact|%| contact/bycontactinfo|infoType,data,category,isPrimary,%| contact/company/{companyid}/person|%| contact/data/infoType|%| contact/data/{infoType}/category|%| contact/filter|tags,contactStage,contactType,contactListView,responsibleid,isShared,fromDate,toDate,%| contact/project/{projectid}|%| contact/status|%| contact/status/{contactStatusid}|| contact/type|%| contact/type/{contactTypeid}|| contact/{contactid}|| contact/{contactid}/access|%| contact/{contactid}/data|%| contact/{contactid}/data/{id}|| contact/{contactid}/data/{infoType}|%| contact/{contactid}/tag|%| currency/rates|%| currency/rates/{fromCurrency}/{toCurrency}|| currency/rates/{id}|| files/root|| history/category|%| history/filter|entityType,entityId,categoryId,createBy,fromDate,toDate,%| invoice/bynumber|number| invoice/bynumber/exist|number| invoice/filter|status,issueDateFrom,issueDateTo,dueDateFrom,dueDateTo,entityType,entityid,currency,%| invoice/jsondata/{invoiceid}|| invoice/sample|| invoice/settings|| invoice/tax|%| invoice/{invoiceid}|| invoice/{invoiceid}/pdf|| invoiceitem/filter|status,inventoryStock,%| invoiceitem/{invoiceitemid}|| opportunity/bycontact/{contactid}|%| opportunity/filter|responsibleid,opportunityStagesid,tags,contactid,stageType,contactAlsoIsParticipant,fromDate,toDate,%| opportunity/stage|%| opportunity/stage/{stageid}|| opportunity/{opportunityid}|| opportunity/{opportunityid}/contact|%| report/files|%| report/status|| report/terminate|| settings/currency|%| settings/currency/convert|amount,fromcurrency,tocurrency| settings/currency/summarytable|currency,%| settings/organisation/logo|id| task/category|%| task/category/{categoryid}|| task/filter|responsibleid,categoryid,isClosed,fromDate,toDate,entityType,entityid,%| task/{taskid}|| voip/call|callType,from,to,agent,client,contactID,%| voip/call/missed|%| voip/call/{callId}|| voip/numbers/available|numberType,isoCountryCode,%| voip/numbers/current|| voip/numbers/existing|%| voip/numbers/settings|| voip/numbers/unlinked|%| voip/numbers/{numberId}|| voip/numbers/{numberId}/oper|%| voip/token|| voip/uploads|%| {entityType}/customfield/definitions|%| {entityType}/invoicelist/{entityid}|%| {entityType}/tag|%| {entityType}/tag/{entityid}|%| {entityType}/{entityid}/customfield|%| {entityType}/{entityid}/files|%|'
        case 'w DELETE crm'
            string split ' ' -- 'case/filter||contactid,isClosed[],tags[] case/{caseid}|| case/{caseid}/contact/{contactid}|| contact/company/{companyid}/person||personid contact/filter||tags[],contactStage[],contactType[],contactListView,fromDate,toDate contact/status/{contactStatusid}|| contact/type/{contactTypeid}|| contact/{contactid}|| contact/{contactid}/avatar||contactType,uploadOnly contact/{contactid}/data/{id}|| contact/{contactid}/opportunity/{opportunityid}|| contact/{contactid}/project/{projectid}|| currency/rates/{id}|| files/{fileid}|| history/category/{id}|| history/{id}|| invoice||invoiceids[] invoice/tax/{id}|| invoice/{invoiceid}|| invoiceitem||ids[] invoiceitem/{id}|| invoiceline/{id}|| opportunity/filter||responsibleid,opportunityStagesid,tags[],contactid,stageType[],contactAlsoIsParticipant[],fromDate,toDate opportunity/stage/{id}|| opportunity/{opportunityid}|| opportunity/{opportunityid}/contact/{contactid}|| report/file/{fileid}|| task/category/{categoryid}||newcategoryid task/{taskid}|| voip/numbers/{numberId}|| voip/numbers/{numberId}/oper||oper voip/uploads||audioType,fileName {entityType}/customfield/{fieldid}|| {entityType}/tag||tagName {entityType}/tag/unused|| {entityType}/{entityid}/tag||tagName {entityType}/{entityid}/tag/group||tagName'
        case 'w GET feed'
            string split ' ' -- 'filter|product,from,to,author,onlyNew,timeReaded| newfeedscount||'
        case 'w PUT feed'
            string split ' ' -- 'read||'
        case 'w GET files'
            string split ' ' -- '@common|userIdOrGroupId,filterType,searchInContent,extension,withSubfolders| @favorites|userIdOrGroupId,filterType,searchInContent,extension,withSubfolders| @my|userIdOrGroupId,filterType,searchInContent,extension,withSubfolders| @projects|userIdOrGroupId,filterType,searchInContent,extension,withSubfolders| @recent|userIdOrGroupId,filterType,searchInContent,extension,withSubfolders| @root|userIdOrGroupId,filterType,searchInContent,extension,withSubfolders,withoutTrash,withoutAdditionalFolder,%| @search/{query}|%| @share|userIdOrGroupId,filterType,searchInContent,extension,withSubfolders| @templates|userIdOrGroupId,filterType,searchInContent,extension,withSubfolders| @trash|userIdOrGroupId,filterType,searchInContent,extension,withSubfolders| docservice|version| file/{fileId}|version| file/{fileId}/checkconversion|start,%| file/{fileId}/history|%| file/{fileId}/openedit|version,doc| file/{fileId}/presigneduri|| file/{fileId}/share|%| file/{fileId}/trackeditfile|tabId,docKeyForTrack,doc,isFinish| fileops|%| fileops/move|destFolderId,folderIds,fileIds,%| folder/{folderId}|| folder/{folderId}/path|%| folder/{folderId}/share|%| settings/autocleanup|| thirdparty|%| thirdparty/capabilities|%| thirdparty/common|%| {fileId}/properties|| {fileId}/sharedlink/template|isFolder| {folderId}|userIdOrGroupId,filterType,searchInContent,extension,withSubfolders|'
        case 'w POST files'
            string split ' ' -- '@common/insert||file,title,createNewIfExist[],keepConvertStatus @common/upload||file,contentType,contentDisposition @my/file||title @my/insert||file,title,createNewIfExist[],keepConvertStatus @my/upload||file,contentType,contentDisposition favorites||folderIds[],fileIds[] file/{fileId}/copyas||destFolderId,destTitle,toForm file/{fileId}/startedit||editingAlone,doc folder/{folderId}||title folders/{folderId}||relativePaths[] sharedlink/password||key,passwordHash,isFolder templates||fileIds[] thirdparty||url,login,password,token,isCorporate,customerTitle,providerKey,providerId {fileId}/sharedlink/{linkId}/password||password,passwordHash {folderId}/file||title,templateId,enableExternalExt {folderId}/insert||file,title,createNewIfExist[],keepConvertStatus {folderId}/upload||file,contentType,contentDisposition,createNewIfExist[],storeOriginalFileFlag[],keepConvertStatus {folderId}/upload/create_session||fileName,fileSize,relativePath,encrypted'
        case 'w PUT files'
            string split ' ' -- 'batch/properties||filesId[],createSubfolder,fileProperties displayRecent||set docservice||docServiceUrl,docServiceUrlInternal,docServiceUrlPortal file/{fileId}||title,lastVersion file/{fileId}/checkconversion|| file/{fileId}/history||version,continueVersion file/{fileId}/saveediting||fileExtension,downloadUri,stream,doc,forcesave file/{fileId}/share||share[],notify,sharingMessage,advancedSettings fileops/bulkdownload||fileConvertIds[],fileIds[],folderIds[] fileops/copy||destFolderId,folderIds[],fileIds[],conflictResolveType,deleteAfter fileops/delete||folderIds[],fileIds[],deleteAfter,immediately fileops/emptytrash|| fileops/markasread||folderIds[],fileIds[] fileops/move||destFolderId,folderIds[],fileIds[],conflictResolveType,deleteAfter fileops/terminate|| folder/{folderId}||title folder/{folderId}/share||share[],notify,sharingMessage settings/autocleanup||set,gap settings/dafaultaccessrights||value[] settings/downloadtargz||set settings/favorites||set settings/templates||set storeoriginal||set updateifexist||set {fileId}/properties||fileProperties {fileId}/sharedlink||share {fileId}/update||file,fileExtension,encrypted,forcesave'
        case 'w DELETE files'
            string split ' ' -- 'favorites||folderIds[],fileIds[] file/{fileId}||deleteAfter,immediately folder/{folderId}||deleteAfter,immediately share||folderIds[],fileIds[] templates||fileIds[] thirdparty/{providerId}||'
        case 'w GET group'
            string split ' ' -- '|%| search|groupName,%| user/{userid}|%| {groupid}||'
        case 'w POST group'
            string split ' ' -- '||groupManager,groupName,members[] {groupid}/members||members[]'
        case 'w PUT group'
            string split ' ' -- '{groupid}||groupManager,groupName,members[] {groupid}/manager||userid {groupid}/members||members[] {groupid}/members/{newgroupid}||'
        case 'w DELETE group'
            string split ' ' -- '{groupid}|| {groupid}/members||members[]'
        case 'w GET mail'
            string split ' ' -- 'accounts|username,%| accounts/setups|email,action| accounts/single|email| alert|%| contacts|search,contactType,pageSize,fromIndex,sortorder,%| contacts/bycontactinfo|infoType,data,isPrimary,%| conversation/{id}|loadAll,markRead,needSanitize,%| conversation/{id}/{direction}|folder,unread,attachments,period_from,period_to,important,from_address,to_address,mailbox_id,tags,search,page_size,sortorder,with_calendar,user_folder_id| conversations|folder,unread,attachments,period_from,period_to,important,from_address,to_address,mailbox_id,tags,search,page_size,sortorder,from_date,from_message,with_calendar,user_folder_id,prev_flag,%| conversations/link/crm/status|message_id| crm/linked/entities|message_id,%| display_images/addresses|%| emails/search|term,%| filters|%| filters/{id}/apply|| folders|%| helpcenter|| messages|folder,unread,attachments,period_from,period_to,important,from_address,to_address,mailbox_id,tags,search,page,with_calendar,page_size,user_folder_id,sortorder,%| messages/template|| messages/{id}|loadImages,needSanitize,markRead| messages/{id}/{direction}|folder,unread,attachments,period_from,period_to,important,from_address,to_address,mailbox_id,tags,search,page_size,sortorder,with_calendar,user_folder_id| operations|%| operations/{operationId}|| settings|| settings/alwaysDisplayImages|| settings/cacheMessagesEnabled|| settings/conversationsEnabled|| settings/goNextAfterMoveEnabled|| settings/replaceMessageBody|| signature/{mailbox_id}|| tags|%| userfolders|ids,parentId,%| userfolders/bymail|mailId|'
        case 'w POST mail'
            string split ' ' -- 'accounts||name,email,account,password,port,server,smtp_account,smtp_password,smtp_port,smtp_server,smtp_auth,imap,restrict,incoming_encryption_type,outcoming_encryption_type,auth_type_in,auth_type_smtp accounts/oauth||code,type accounts/simple||email,password autoreply/update/{mailboxId}||turnOn,onlyContacts,turnOnToDate,fromDate,toDate,subject,html contact/add||name,description,emails[],phoneNumbers[] display_images/address||address filters||filter filters/check||filter,page[],pageSize[] messages/attachment/add||id_message,name,file,content_type messages/calendarbody/add||id_message,ical_body messages/{id}/document||fileId,version,needSaveToTemp signature/update/{mailbox_id}||html,is_active tags||name,style,addresses[] userfolders||name,parentId'
        case 'w PUT mail'
            string split ' ' -- 'accounts||name,email,account,password,port,server,smtp_account,smtp_password,smtp_port,smtp_server,smtp_auth,restrict,incoming_encryption_type,outcoming_encryption_type,auth_type_in,auth_type_smtp accounts/default||email,isDefault accounts/emailinfolder||mailbox_id,email_in_folder accounts/oauth||code,type,mailboxId accounts/state||email,state accounts/updateuseractivity||userOnline contact/update||id,name,description,emails[],phoneNumbers[] contacts/remove||ids[] conversations/crm/link||id_message,crm_contact_ids[] conversations/crm/mark||id_message,crm_contact_ids[] conversations/crm/unmark||id_message,crm_contact_ids[] conversations/mark||ids[],status conversations/move||ids[],folder,userFolderId[] conversations/remove||ids[] conversations/restore||ids[],learnSpamTrainer conversations/tag/{tag_id}/set||messages[] conversations/tag/{tag_id}/unset||messages[] drafts/save||id,from,to[],cc[],bcc[],mimeReplyToId,importance,subject,tags[],body,attachments[],calendarIcs filters||filter messages/attachment/downloadall/{messageId}|| messages/attachment/export||id_attachment,id_folder messages/attachments/export||id_message,id_folder messages/crm/export||id_message,crm_contact_ids[] messages/mark||ids[],status messages/move||ids[],folder,userFolderId[] messages/reassign||folder,email messages/remove||ids[] messages/restore||ids[] messages/send||id,from,to[],cc[],bcc[],mimeReplyToId,importance,subject,tags[],body,attachments[],fileLinksShareMode,calendarIcs,isAutoreply,requestReceipt,requestRead messages/simpleSend||from,to[],subject,body,isReceipt settings/alwaysDisplayImages||enabled settings/cacheMessagesEnabled||enabled settings/conversationsEnabled||enabled settings/goNextAfterMoveEnabled||enabled settings/replaceMessageBody||enabled tags/{id}||name,style,addresses[] tags/{id}/set||messages[] tags/{id}/unset||messages[] templates/save||id,from,to[],cc[],bcc[],mimeReplyToId,importance,subject,tags[],body,attachments[],calendarIcs userfolders/{id}||name,parentId[]'
        case 'w DELETE mail'
            string split ' ' -- 'accounts||email alert/{id}|| display_images/address||address filters/{id}|| folders/{folderid}/messages|| messages/{messageid}/attachments/{attachmentid}|| tags/{id}|| userfolders/{id}||'
        case 'w POST mailserver'
            string split ' ' -- 'domains/add||name,id_dns groupaddress/add||name,domain_id,address_ids[] mailboxes/add||name,local_part,domain_id,user_id,notifyCurrent,notifyProfile mailboxes/addmy||name notification/address/add||name,password,domain_id'
        case 'w GET mailserver'
            string split ' ' -- 'domains/common|| domains/dns/get|id| domains/exists|name| domains/get|%| domains/ownership/check|name| freedns/get|| groupaddress/get|%| mailboxes/alias/exists|local_part,domain_id| mailboxes/alias/valid|local_part,domain_id| mailboxes/get|%| server|| serverinfo/get||'
        case 'w DELETE mailserver'
            string split ' ' -- 'domains/remove/{id}|| groupaddress/addresses/remove||mailgroup_id,address_id groupaddress/remove/{id}|| mailboxes/remove/{id}|| notification/address/remove||address'
        case 'w PUT mailserver'
            string split ' ' -- 'groupaddress/address/add||mailgroup_id,address_id mailboxes/alias/add||mailbox_id,alias_name mailboxes/alias/remove||mailbox_id,address_id mailboxes/changepwd||mailbox_id,password mailboxes/update||mailbox_id,name'
        case 'w POST migration'
            string split ' ' -- 'cancel|| finish||isSendWelcomeEmail init/{migratorName}||path migrate||info migratorsInfo||migratorsName[]'
        case 'w GET migration'
            string split ' ' -- 'list|%| logs|| status|| tmp||'
        case 'w GET people'
            string split ' ' -- '|%| @search/{query}|%| @self|| email|email| filter|employeeStatus,groupId,activationStatus,employeeType,isAdministrator,%| import/status|| reassign/progress|userId| remove/progress|userId| search|query,%| simple/filter|employeeStatus,groupId,activationStatus,employeeType,isAdministrator,%| status/{status}|%| status/{status}/search|query,%| {userid}/photo|| {username}||'
        case 'w POST people'
            string split ' ' -- '||isVisitor,email,firstname,lastname,department[],title,location,sex,birthday,worksfrom,comment,contacts[],files,password,passwordHash,lead[] birthdays/reminder||userid,onRemind import/save||userList,importUsersAsCollaborators reassign/start||fromUserId,toUserId,deleteProfile remove/start||userId {userid}/contacts||contacts[] {userid}/photo/thumbnails||tmpFile,x,y,width,height'
        case 'w PUT people'
            string split ' ' -- 'delete||userIds[] invite||userIds[] reassign/terminate||userId remove/terminate||userId self/delete|| status/{status}||userIds[] type/{type}||userIds[] {userid}||isVisitor,firstname,lastname,comment,department[],title,location,sex,birthday,worksfrom,contacts[],files,disable[],lead[] {userid}/contacts||contacts[] {userid}/email||email {userid}/password||password {userid}/photo||files'
        case 'w DELETE people'
            string split ' ' -- '{userid}|| {userid}/contacts||contacts[] {userid}/photo||'
        case 'w GET portal'
            string split ' ' -- '|| getbackuphistory|%| getbackupprogress|| getbackupschedule|| getrestoreprogress|| quota|| quota/right|| search|%| search/state|| tariff|| usedspace|| users/invite/{employeeType}|| users/{userID}|| userscount||'
        case 'w POST portal'
            string split ' ' -- 'createbackupschedule||storageType,storageParams[],backupsStored,cronParams,backupMail search||items[] search/reindex||name startbackup||storageType,storageParams[],backupMail startrestore||backupId,storageType,storageParams[],notify'
        case 'w DELETE portal'
            string split ' ' -- 'deletebackup/{id}|| deletebackuphistory|| deletebackupschedule||'
        case 'w GET project'
            string split ' ' -- '|%| @follow|%| @search/{query}|%| @self|%| comment/{commentid}|| contact/{contactid}|%| filter|tag,status,participant,manager,departament,follow,%| message|%| message/filter|projectid,tag,departament,participant,createdStart,createdStop,lastId,myProjects,follow,status,%| message/{messageid}|| message/{messageid}/comment|%| message/{messageid}/files|%| message/{messageid}/subscribe|| message/{messageid}/subscribes|%| milestone|%| milestone/filter|projectid,tag,status,deadlineStart,deadlineStop,taskResponsible,lastId,myProjects,milestoneResponsible,%| milestone/late|%| milestone/upcoming|%| milestone/{id}|| milestone/{id}/task|%| milestone/{year}/{month}|%| milestone/{year}/{month}/{day}|%| report/files|%| report/status|| report/terminate|| report/{reportid}|| settings|| status|%| tag|%| tag/search|tagName,%| tag/{tag}|%| task/@self|%| task/@self/{status}|%| task/filter|projectid,myProjects,milestone,myMilestones,nomilestone,tag,status,substatus,follow,departament,participant,creator,deadlineStart,deadlineStop,lastId,%| task/{taskid}|| task/{taskid}/comment|%| task/{taskid}/files|%| task/{taskid}/notify|| task/{taskid}/subscribe|| task/{taskid}/time|%| template|%| template/{id}|| time/filter|projectid,myProjects,milestone,myMilestones,tag,departament,participant,createdStart,createdStop,lastId,status,%| time/filter/total|projectid,myProjects,milestone,myMilestones,tag,departament,participant,createdStart,createdStop,lastId,status| {entityID}/entityfiles|entityType,%| {id}|| {id}/@search/{query}|%| {id}/files|| {id}/milestone|%| {id}/milestone/{status}|%| {id}/time|%| {id}/time/total|| {projectid}/message|%| {projectid}/task|%| {projectid}/task/@self/{status}|%| {projectid}/task/{status}|%| {projectid}/team|%| {projectid}/teamExcluded|%| {status}|%|'
        case 'w POST project'
            string split ' ' -- '||title,description,responsibleId,tags,private,participants[],notify[],tasks[],milestones[],notifyResponsibles[] comment||parentcommentid,entityid,content,type comment/preview||htmltext,commentid message/discussion/preview||htmltext message/{messageid}/comment||content,parentId message/{messageid}/files||files[] report||name,period,periodItem,hour,autoGenerated,reportType,tag,project,status[],departament,userId,reportTimeInterval,fromDate,toDate,viewType,noResponsible,isShowAverageTime,typeOfShowAverageTime,projectAverageCompletingTasks report/create||uri status||status tag||data task/{copyFrom}/copy||projectid,description,deadline,priority,title,milestoneid,responsibles[],notify,startDate,copySubtasks,copyFiles,removeOld task/{parentTaskId}/link||dependenceTaskId,linkType task/{taskid}||responsible,title task/{taskid}/comment||content,parentid task/{taskid}/files||files[] task/{taskid}/time||note,date,personId,hours,projectId task/{taskid}/{subtaskid}/copy|| team||ids[] template||title,description withSecurity||title,description,responsibleId,tags,private,participants[],notify[],tasks[],milestones[],notifyResponsibles[] {id}/milestone||title,deadline,isKey,isNotify,description,responsible,notifyResponsible {projectid}/contact||contactid {projectid}/message||title,content,participants,notify[] {projectid}/task||description,deadline,priority,title,milestoneid,responsibles[],notify,startDate {projectid}/task/{messageid}|| {projectid}/team||userId'
        case 'w DELETE project'
            string split ' ' -- '||projectids[] comment/{commentid}|| message/{messageid}|| message/{messageid}/files||fileid milestone||ids[] milestone/{id}|| report/files/{fileid}|| report/{reportid}|| status/{id}|| task||taskids[] task/{taskid}|| task/{taskid}/files||fileid task/{taskid}/link||dependenceTaskId,parentTaskId task/{taskid}/{subtaskid}|| template/{id}|| time/times/remove||timeids[] {id}|| {projectid}/contact||contactid {projectid}/team||userId'
        case 'w PUT project'
            string split ' ' -- 'comment/{commentid}||content message/{messageid}||projectid,title,content,participants,notify[] message/{messageid}/status||status message/{messageid}/subscribe|| milestone/{id}||title,deadline,isKey[],status,isNotify[],description,projectID,responsible,notifyResponsible milestone/{id}/status||status report/{reportid}||name,period,periodItem,hour,autoGenerated,reportType,tag,project,status[],departament,userId,reportTimeInterval,fromDate,toDate,viewType,noResponsible settings||everebodyCanCreate[],hideEntitiesInPausedProjects[],startModule[],folderId status||newStatus statuses||statuses[] task/milestone||taskids[],milestoneid task/status||taskids[],status,statusId task/{taskid}||description,deadline,startDate,priority[],title,milestoneid,responsibles[],projectID[],notify,status[],progress[] task/{taskid}/milestone||milestoneid task/{taskid}/status||status,statusId task/{taskid}/subscribe|| task/{taskid}/{subtaskid}||responsible,title task/{taskid}/{subtaskid}/move|| task/{taskid}/{subtaskid}/status||status template/{id}||title,description time/times/status||timeids[],status time/{timeid}||note,date,personId,hours {id}||title,description,responsibleId,tags,participants[],status[],private[],notify {id}/status||status {id}/tag||tags {id}/tags||tags[] {id}/withSecurityInfo||title,description,responsibleId,tags,participants[],status[],private[],notify {projectid}/follow|| {projectid}/team||participants[],notify {projectid}/team/security||userId,security,visible'
        case 'w GET security'
            string split ' ' -- 'activeconnections|| audit/events/filter|userId,productType,moduleType,actionType,action,entryType,target,from,to,%| audit/events/last|%| audit/login/filter|userId,action,from,to,%| audit/login/last|%| audit/mappers|productType,moduleType| audit/settings/lifetime|| audit/types|| impersonate/settings|| impersonate/{userId}||'
        case 'w PUT security'
            string split ' ' -- 'activeconnections/logout/{loginEventId}|| activeconnections/logoutall/{userId}|| activeconnections/logoutallchangepassword|| activeconnections/logoutallexceptthis|| impersonate/logout|| impersonate/settings||enable,enableType,onlyForOwnGroups,allowedAdmins[],restrictionUsers[],restrictionGroups[] loginsettings||attemptsCount,blockTime,checkPeriod'
        case 'w POST security'
            string split ' ' -- 'audit/events/report|| audit/login/report|| audit/settings/lifetime||settings impersonate/{userId}||'
        case 'w GET settings'
            string split ' ' -- '|| checkrecalculatequota|| checkrecalculateuserquota|| customnavigation/get/{id}|| customnavigation/getall|%| customnavigation/getsample|| iprestrictions|%| ldap|| ldap/cron|| ldap/default|| ldap/status|| ldap/sync|| ldap/sync/test|| logo|dark| quota|| recalculatequota|| recalculateuserquota|| security|ids,%| security/administrator|productid,userid| security/administrator/{productid}|%| security/password|| security/{id}|| smtp|| smtp/test|| smtp/test/status|| socket|| ssov2|| ssov2/constants|| ssov2/default|| statistics/spaceusage/{id}|%| statistics/visit|fromDate,toDate,%| storage|%| storage/backup|%| storage/cdn|%| storage/progress|| storage/s3/regions|| telegramisconnected|| tfaapp||'
        case 'w PUT settings'
            string split ' ' -- 'closeadminhelper|| emailactivation||show iprestrictions||ips[] iprestrictions/settings||enable security||id,enabled,subjects[] security/access||items[] security/administrator||productid,userid,administrator security/password||maxLength,minLength,upperCase,digits,specSymbols storage||module,props[] storage/cdn||module,props[] tenantquotasettings|| tfaapp||type,trustedIps[],mandatoryUsers[],mandatoryGroups[] tfaappnewapp||id tfaappnewcodes|| tips||show tips/change/subscription|| userquota||userIds[],quota welcome/close||'
        case 'w POST settings'
            string split ' ' -- 'customnavigation/create||item ldap||settings,acceptCertificate ldap/cron||cron ldap/save/test||settings,acceptCertificate push/docregisterdevice||firebaseDeviceToken push/projregisterdevice||firebaseDeviceToken smtp||smtpSettings ssov2||serializeSettings userquotasettings||'
        case 'w DELETE settings'
            string split ' ' -- 'customnavigation/delete/{id}|| smtp|| ssov2|| storage|| storage/cdn|| telegramdisconnect||'
        case 'd GET accounts'
            string split ' ' -- 'file/{id}/search|employeeStatus:0,activationStatus:1,excludeShared,includeShared,invitedByMe,inviterId,area:2,employeeTypes:3,count,startIndex,filterSeparator,filterValue| folder/{id}/search|employeeStatus:0,activationStatus:1,excludeShared,includeShared,invitedByMe,inviterId,area:2,employeeTypes:3,count,startIndex,filterSeparator,filterValue| room/{id}/search|employeeStatus:0,activationStatus:1,excludeShared,includeShared,invitedByMe,inviterId,area:2,employeeTypes:3,count,startIndex,filterSeparator,filterValue|'
        case 'd GET authentication'
            string split ' ' -- '||'
        case 'd POST authentication'
            string split ' ' -- '||userName,password,passwordHash,provider,accessToken,serializedProfile,code,codeOAuth,session,confirmData,recaptchaType:4,recaptchaResponse,culture confirm||key,emplType:3,email,encEmail,uiD,type:5,first,roomId logout|| sendsms||userName,password,passwordHash,provider,accessToken,serializedProfile,code,codeOAuth,session,confirmData,recaptchaType:4,recaptchaResponse,culture setphone||mobilePhone {code}||userName,password,passwordHash,provider,accessToken,serializedProfile,code,codeOAuth,session,confirmData,recaptchaType:4,recaptchaResponse,culture'
        case 'd POST backup'
            string split ' ' -- 'createbackupschedule||storageType:6,storageParams[],backupsStored,cronParams,dump startbackup||storageType:6,storageParams[],dump startrestore||backupId,storageType:6,storageParams[],notify,dump'
        case 'd DELETE backup'
            string split ' ' -- 'deletebackup/{id}|| deletebackuphistory|Dump| deletebackupschedule|Dump|'
        case 'd GET backup'
            string split ' ' -- 'getbackuphistory|Dump| getbackupprogress|Dump| getbackupschedule|Dump| getbackupscount|from,to,paid| getrestoreprogress|Dump| getservicestate||'
        case 'd GET capabilities'
            string split ' ' -- '||'
        case 'd GET clients'
            string split ' ' -- '|limit,last_client_id,last_created_on| consents|limit,last_modified_on| info|limit,last_client_id,last_created_on| {clientId}|| {clientId}/info|| {clientId}/public/info||'
        case 'd POST clients'
            string split ' ' -- '||name,description,logo,scopes[],allow_pkce,is_public,website_url,terms_url,policy_url,redirect_uris[],allowed_origins[],logout_redirect_uri'
        case 'd PUT clients'
            string split ' ' -- '{clientId}||name,description,logo,allow_pkce,is_public,allowed_origins[]'
        case 'd DELETE clients'
            string split ' ' -- '{clientId}|| {clientId}/revoke||'
        case 'd PATCH clients'
            string split ' ' -- '{clientId}/activation||status {clientId}/regenerate||'
        case 'd GET files'
            string split ' ' -- '@favorites|userIdOrGroupId,filterType:7,count,startIndex,sortBy,sortOrder:8,filterValue| @my|userIdOrGroupId,filterType:7,applyFilterOption:9,count,startIndex,sortBy,sortOrder:8,filterValue| @privacy|userIdOrGroupId,filterType:7,count,startIndex,sortBy,sortOrder:8,filterValue| @privacy/available|| @root|userIdOrGroupId,filterType:7,withoutTrash,count,startIndex,sortBy,sortOrder:8,filterValue| @trash|userIdOrGroupId,filterType:7,applyFilterOption:9,count,startIndex,sortBy,sortOrder:8,filterValue| docservice|version| favorites/{fileId}|favorite| file/fillresult|fillingSessionId| file/{fileId}|version| file/{fileId}/checkconversion|start| file/{fileId}/edit/diff|version| file/{fileId}/edit/history|| file/{fileId}/formroles|| file/{fileId}/group/{groupId}/share|count,startIndex,filterValue| file/{fileId}/history|| file/{fileId}/isformpdf|| file/{fileId}/log|fromDate,toDate,count,startIndex| file/{fileId}/openedit|version,view,editorType:11,edit,fill| file/{fileId}/presigned|| file/{fileId}/presigneduri|| file/{fileId}/protectusers|| file/{fileId}/sharedusers|| file/{fileId}/trackeditfile|tabId,docKeyForTrack,isFinish| file/{id}/link|count,startIndex| file/{id}/links|count,startIndex| file/{id}/share|count,startIndex| fileops|id| fileops/checkdestfolder|returnSingleOperation,folderIds,fileIds,destFolderId,conflictResolveType:13,deleteAfter,content,toFillOut| fileops/move|returnSingleOperation,folderIds,fileIds,destFolderId,conflictResolveType:13,deleteAfter,content,toFillOut| fileops/{operationType}|id| filesusedspace|| folder/{folderId}|| folder/{folderId}/group/{groupId}/share|count,startIndex,filterValue| folder/{folderId}/log|fromDate,toDate,count,startIndex| folder/{folderId}/path|| folder/{id}/link|count,startIndex| folder/{id}/links|| folder/{id}/share|count,startIndex| info|| recent|userIdOrGroupId,filterType:7,excludeSubject,applyFilterOption:9,searchArea:14,extension,count,startIndex,sortBy,sortOrder:8,filterValue| rooms|type:15,subjectId,searchArea:14,withoutTags,tags,excludeSubject,provider:16,subjectFilter:17,quotaFilter:18,storageFilter:19,count,startIndex,sortBy,sortOrder:8,filterValue| rooms/covers|| rooms/fromtemplate/status|| rooms/indexexport|| rooms/news|| rooms/{id}|| rooms/{id}/link|| rooms/{id}/links|type:20| rooms/{id}/news|| rooms/{id}/share|filterType:21,count,startIndex,filterValue| roomtemplate/status|| roomtemplate/{id}/public|| settings|| settings/autocleanup|| share/{key}|fileId,folderId| tags|count,startIndex,filterValue| thirdparty|| thirdparty/backup|| thirdparty/capabilities|| thirdparty/common|| thirdparty/providers|excludewebdav| {folderId}|userIdOrGroupId,sharedBy,filterType:7,roomId,excludeSubject,applyFilterOption:9,extension,searchArea:14,formsItemKey,formsItemType,count,startIndex,sortBy,sortOrder:8,filterValue,Location:23| {folderId}/formfilter|| {folderId}/news|| {folderId}/subfolders||'
        case 'd POST files'
            string split ' ' -- '@my/file||title,templateId,enableExternalExt,formId @my/html||title,content,createNewIfExist @my/insert||Title,CreateNewIfExist,KeepConvertStatus,Stream.CanRead,Stream.CanWrite,Stream.CanSeek,Stream.CanTimeout,Stream.Length,Stream.Position,Stream.ReadTimeout,Stream.WriteTimeout @my/text||title,content,createNewIfExist @my/upload||contentType,contentDisposition,createNewIfExist,storeOriginalFileFlag,keepConvertStatus favorites||returnSingleOperation,folderIds[],fileIds[] file/referencedata||fileKey,instanceId,sourceFileId,path,link file/{fileId}/copyas||destTitle,destFolderId,enableExternalExt,password,toForm file/{fileId}/edit_session|fileSize| file/{fileId}/formrolemapping||formId,roles[] file/{fileId}/recent|| file/{fileId}/restoreversion|version,url| file/{fileId}/sendeditornotify||actionLink,emails[],message file/{fileId}/startedit||editingAlone file/{id}/link||linkId,access:12,expirationDate,title,internal,primary,denyDownload,password file/{id}/saveaspdf||folderId,title folder/{folderId}||title folder/{folderId}/log/report|| folder/{id}/link||linkId,access:12,expirationDate,title,password,denyDownload,internal,primary logos||FormCollection[] masterform/{fileId}/checkfillformdraft||version,action owner||folderIds[],fileIds[],userId rooms||title,quota,indexing,denyDownload,lifetime,watermark,logo,tags[],color,cover,roomType:15,private,share[],chatSettings rooms/fromtemplate||templateId,title,logo,copyLogo,tags[],color,cover,quota,indexing,denyDownload,lifetime,watermark,private rooms/thirdparty/{id}||createAsNewFolder,title,roomType:15,private,indexing,denyDownload,color,cover,tags[],logo rooms/{id}/cover||color,cover rooms/{id}/indexexport|| rooms/{id}/logo||tmpFile,x,y,width,height rooms/{id}/resend||usersIds[],resendAll roomtemplate||roomId,title,logo,copyLogo,share[],groups[],public,tags[],color,cover,quota share||returnSingleOperation,folderIds[],fileIds[] share/{key}/password||password tags||name templates||fileIds[] thirdparty||url,login,password,token,customerTitle,providerKey,providerId thirdparty/backup||url,login,password,token,customerTitle,providerKey thumbnails||returnSingleOperation,folderIds[],fileIds[] {folderId}/file||title,templateId,enableExternalExt,formId {folderId}/html||title,content,createNewIfExist {folderId}/insert||InsertFile.Title,InsertFile.CreateNewIfExist,InsertFile.KeepConvertStatus,InsertFile.Stream.CanRead,InsertFile.Stream.CanWrite,InsertFile.Stream.CanSeek,InsertFile.Stream.CanTimeout,InsertFile.Stream.Length,InsertFile.Stream.Position,InsertFile.Stream.ReadTimeout,InsertFile.Stream.WriteTimeout {folderId}/text||title,content,createNewIfExist {folderId}/upload||contentType,contentDisposition,createNewIfExist,storeOriginalFileFlag,keepConvertStatus {folderId}/upload/check||filesTitle[] {folderId}/upload/create_session||fileName,fileSize,relativePath,createOn,encrypted,createNewIfExist'
        case 'd PUT files'
            string split ' ' -- 'changedeleteconfrim||set displayfileextension||set displayrecent||set docservice||docServiceUrl,docServiceUrlInternal,docServiceUrlPortal,docServiceSignatureSecret,docServiceSignatureHeader,docServiceSslVerification file/{fileId}||title,lastVersion file/{fileId}/checkconversion||fileId,sync,startConvert,version,password,outputType,createNewIfExist file/{fileId}/comment||version,comment file/{fileId}/customfilter||enabled file/{fileId}/history||version,continueVersion file/{fileId}/lock||lockFile file/{fileId}/manageformfilling||formId,action:10 file/{fileId}/saveediting||FileExtension,DownloadUri,Forcesave file/{fileId}/share||share[],notify,sharingMessage file/{fileId}/startfilling|| file/{id}/links||linkId,access:12,expirationDate,title,internal,primary,denyDownload,password fileops/bulkdownload||returnSingleOperation,folderIds[],fileIds[],fileConvertIds[] fileops/copy||returnSingleOperation,folderIds[],fileIds[],destFolderId,conflictResolveType:13,deleteAfter,content,toFillOut fileops/delete||returnSingleOperation,folderIds[],fileIds[],deleteAfter,immediately fileops/deleteversion||returnSingleOperation,deleteAfter,fileId,versions[] fileops/duplicate||returnSingleOperation,folderIds[],fileIds[] fileops/emptytrash|Single| fileops/markasread||returnSingleOperation,folderIds[],fileIds[] fileops/move||returnSingleOperation,folderIds[],fileIds[],destFolderId,conflictResolveType:13,deleteAfter,content,toFillOut fileops/terminate/{id}|| folder/{folderId}||title folder/{folderId}/order||order folder/{folderId}/share||share[],notify,sharingMessage folder/{id}/links||linkId,access:12,expirationDate,title,password,denyDownload,internal,primary forcesave|| hideconfirmcanceloperation||set hideconfirmconvert||save hideconfirmroomlifetime||set keepnewfilename||set order||items[] rooms/resetquota||roomIds[] rooms/roomquota||roomIds[],quota rooms/{id}||title,quota,indexing,denyDownload,lifetime,watermark,logo,tags[],color,cover,chatSettings rooms/{id}/archive||deleteAfter rooms/{id}/links||linkId,access:12,expirationDate,internal,title,linkType:20,password,denyDownload rooms/{id}/pin|| rooms/{id}/reorder|| rooms/{id}/share||invitations[],notify,message,culture,force rooms/{id}/tags||names[] rooms/{id}/unarchive||deleteAfter rooms/{id}/unpin|| roomtemplate/public||id,public settings/autocleanup||set,gap:22 settings/dafaultaccessrights|| settings/downloadtargz||set settings/external||set settings/externalsocialmedia||set settings/openeditorinsametab||set share||folderIds[],fileIds[],share[],notify,sharingMessage storeforcesave|| storeoriginal||set thirdparty||set updateifexist||set {fileId}/order||order'
        case 'd DELETE files'
            string split ' ' -- 'favorites||returnSingleOperation,folderIds[],fileIds[] file/{fileId}||deleteAfter,immediately folder/{folderId}||deleteAfter,immediately recent||returnSingleOperation,folderIds[],fileIds[] rooms/indexexport|| rooms/{id}||deleteAfter rooms/{id}/logo|| rooms/{id}/tags||names[] share||returnSingleOperation,folderIds[],fileIds[] tags||names[] templates|| thirdparty/{providerId}||'
        case 'd GET group'
            string split ' ' -- '|userId,manager,count,startIndex,sortBy,sortOrder:8,filterValue| file/{id}|excludeShared,count,startIndex,filterValue| folder/{id}|excludeShared,count,startIndex,filterValue| room/{id}|excludeShared,count,startIndex,filterValue| user/{userid}|| {id}|includeMembers|'
        case 'd POST group'
            string split ' ' -- '||members[],groupManager,groupName {id}/members||members[]'
        case 'd PUT group'
            string split ' ' -- '{fromId}/members/{toId}|| {id}||membersToAdd[],membersToRemove[],groupManager,groupName {id}/manager||userId {id}/members||members[]'
        case 'd DELETE group'
            string split ' ' -- '{id}|| {id}/members||members[]'
        case 'd GET keys'
            string split ' ' -- '|| @self|| permissions||'
        case 'd POST keys'
            string split ' ' -- '||name,permissions[],expiresInDays'
        case 'd PUT keys'
            string split ' ' -- '{keyId}||name,permissions[],isActive'
        case 'd DELETE keys'
            string split ' ' -- '{keyId}||'
        case 'd POST migration'
            string split ' ' -- 'cancel|| clear|| finish||isSendWelcomeEmail init/{migratorName}|| migrate||migratorName,operation,failedArchives[],users[],withoutEmailUsers[],existUsers[],groups[],importPersonalFiles,importSharedFiles,importSharedFolders,importCommonFiles,importProjectFiles,importGroups,successedUsers,failedUsers,files[],errors[]'
        case 'd GET migration'
            string split ' ' -- 'list|| logs|| status||'
        case 'd GET people'
            string split ' ' -- '|count,startIndex,filterBy,sortBy,sortOrder:8,filterSeparator,filterValue| @search/{query}|filterBy,filterValue| @self|| delete/personal/progress|| email|email,encemail,culture| file/{id}|employeeStatus:0,activationStatus:1,excludeShared,includeShared,invitedByMe,inviterId,area:2,employeeTypes:3,count,startIndex,filterSeparator,filterValue| filter|employeeStatus:0,groupId,activationStatus:1,employeeType:3,employeeTypes:3,isAdministrator,payments:25,accountLoginType:26,quotaFilter:18,withoutGroup,excludeGroup,invitedByMe,inviterId,area:2,count,startIndex,sortBy,sortOrder:8,filterSeparator,filterValue| folder/{id}|employeeStatus:0,activationStatus:1,excludeShared,includeShared,invitedByMe,inviterId,area:2,employeeTypes:3,count,startIndex,filterSeparator,filterValue| guests/{userid}/share|| reassign/necessary|UserId,Type:3| reassign/progress/{userid}|| remove/progress/{userid}|| room/{id}|employeeStatus:0,activationStatus:1,excludeShared,includeShared,invitedByMe,inviterId,area:2,employeeTypes:3,count,startIndex,filterSeparator,filterValue| search|query| simple/filter|employeeStatus:0,groupId,activationStatus:1,employeeType:3,employeeTypes:3,isAdministrator,payments:25,accountLoginType:26,quotaFilter:18,withoutGroup,excludeGroup,invitedByMe,inviterId,area:2,count,startIndex,sortBy,sortOrder:8,filterSeparator,filterValue| status/{status}|filterBy,count,startIndex,sortBy,sortOrder:8,filterSeparator,filterValue| status/{status}/search|query,filterBy,filterValue| theme|| thirdparty/providers|inviteView,settingsView,clientCallback,fromOnly| tokendiagnostics|| type/progress/{userid}|| {userid}|| {userid}/photo||'
        case 'd POST people'
            string split ' ' -- '||password,passwordHash,email,type:3,isUser,firstName,lastName,department[],title,location,sex:24,birthday,worksfrom,comment,contacts[],files,fromInviteLink,key,cultureName,target,spam delete/personal/start|| email||userId,disable,email,isUser,firstName,lastName,department[],title,location,sex:24,birthday,worksfrom,comment,contacts[],files,spam guests/share/approve||email,recaptchaType:4,recaptchaResponse invite||invitations[],culture password||email,recaptchaType:4,recaptchaResponse reassign/start||fromUserId,toUserId,deleteProfile remove/start||userId thirdparty/signup||employeeType:3,firstName,lastName,email,passwordHash,key,culture,serializedProfile type||type:3,userId,reassignUserId {userid}/photo||formCollection[] {userid}/photo/thumbnails||tmpFile,x,y,width,height'
        case 'd DELETE people'
            string split ' ' -- '@self|| guests||userIds[],resendAll thirdparty/unlinkaccount|provider| {userid}|| {userid}/photo||'
        case 'd PUT people'
            string split ' ' -- 'activationstatus/{activationstatus}||userIds[],resendAll delete||userIds[],resendAll invite||userIds[],resendAll reassign/terminate||userId remove/terminate||userId resetquota||userIds[],quota self/delete|| status/{status}||userIds[],resendAll theme||theme:27 thirdparty/linkaccount||serializedProfile type/terminate||userId type/{type}||userIds[],resendAll userquota||userIds[],quota {userid}||userId,disable,email,isUser,firstName,lastName,department[],title,location,sex:24,birthday,worksfrom,comment,contacts[],files,spam {userid}/culture||cultureName {userid}/password||password,passwordHash,email,encEmail {userid}/photo||files'
        case 'd GET portal'
            string split ' ' -- '|| path|virtualPath| payment/account|backUrl| payment/chechoutsetupurl|BackUrl| payment/currencies|| payment/customer/balance|refresh| payment/customer/operations|startDate,endDate,participantName,credit,debit,offset,limit| payment/customer/operationsreport|| payment/customerinfo|refresh| payment/prices|| payment/quota|refresh| payment/quotas|wallet| payment/servicessettings|| payment/topupsettings|| payment/walletservice|service:29| payment/walletservices|| quota|| quota/right|| tariff|refresh| usedspace|| users/invite/{employeeType}|| users/{userID}|| userscount||'
        case 'd PUT portal'
            string split ' ' -- 'continue|| payment/calculatewallet||quantity,productQuantityType:28 payment/update||quantity payment/updatewallet||quantity,productQuantityType:28 payment/url||backUrl,quantity suspend||'
        case 'd POST portal'
            string split ' ' -- 'delete|| payment/customer/operationsreport||startDate,endDate,participantName,credit,debit payment/deposit||amount,currency payment/request||userName,email,message payment/servicestate||service:29,enabled payment/topupsettings||settings present/mark|| sendcongratulations|Userid,Key| suspend||'
        case 'd DELETE portal'
            string split ' ' -- 'delete|| payment/customer/operationsreport||'
        case 'd GET scopes'
            string split ' ' -- '||'
        case 'd GET security'
            string split ' ' -- 'activeconnections|| audit/events/filter|userId,moduleType:30,actionType:31,action:32,entryType:33,target,from,to,count,startIndex| audit/events/last|| audit/login/filter|userId,action:32,from,to,count,startIndex| audit/login/last|| audit/mappers|productType:34,moduleType:30| audit/settings/lifetime|| audit/types|| csp|| oauth2/token||'
        case 'd PUT security'
            string split ' ' -- 'activeconnections/logout/{loginEventId}|| activeconnections/logoutall/{userId}|| activeconnections/logoutallchangepassword|| activeconnections/logoutallexceptthis||'
        case 'd POST security'
            string split ' ' -- 'audit/events/report|| audit/login/report|| audit/settings/lifetime||settings csp||domains[]'
        case 'd GET settings'
            string split ' ' -- '|withpassword| authservice|| banner|| colortheme|| companywhitelabel|| cookiesettings|| cultures|| deeplink|| devtoolsaccess|| enablewhitelabel|| encryption/progress|| encryption/settings|| greetingsettings|| greetingsettings/isdefault|| invitationsettings|| iprestrictions|| iprestrictions/settings|| license/refresh|| license/required|| logo|| machine|| notification/channels|| notification/rooms|| notification/{type}|| payment|| rebranding/additional|| rebranding/company|| security|ids| security/administrator|productid,userid| security/administrator/{productid}|| security/loginsettings|| security/modules|| security/password|| security/{id}|| socket|| ssov2|| ssov2/constants|| ssov2/default|| statistics/spaceusage/{id}|| storage|| storage/backup|Dump| storage/cdn|| storage/progress|| storage/s3/regions|| telegram/check|| telegram/link|| tfaapp|| tfaapp/confirm|| tfaapp/setup|| tfaappcodes|| timezones|| userquotasettings|| webhook|| webhook/triggers|| webhooks/log|deliveryFrom,deliveryTo,hookUri,configId,eventId,groupStatus:39,userId,trigger:38,count,startIndex| webplugins|enabled| webplugins/{name}|| whitelabel/logos|IsDark,IsDefault| whitelabel/logos/isdefault|IsDark,IsDefault| whitelabel/logotext|IsDark,IsDefault| whitelabel/logotext/isdefault|IsDark,IsDefault|'
        case 'd POST settings'
            string split ' ' -- 'aiagentquotasettings||enableQuota,defaultQuota authservice||name,title,description,instruction,canSet,paid,props[] banner||hidden deeplink||deepLinkSettings devtoolsaccess||limitedAccessForUsers encryption/start||notifyUsers greetingsettings||title greetingsettings/restore|| license|| license/accept|| maildomainsettings||type:35,domains[],inviteUsersAsVisitors messagesettings||turnOn notification||type:36,isEnabled notification/rooms||roomsId,mute owner||ownerId push/docregisterdevice||firebaseDeviceToken,isSubscribed rebranding/additional||settings rebranding/company||settings roomquotasettings||enableQuota,defaultQuota sendadmmail||message,email,culture,recaptchaType:4,recaptchaResponse sendjoininvite||email,culture ssov2||serializeSettings tfaapp/validate||code webhook||name,uri,secretKey,enabled,ssl,triggers:38,targetId webplugins|system| whitelabel/logos/save|IsDark,IsDefault|logoText,logo[] whitelabel/logos/savefromfiles|IsDark,IsDefault| whitelabel/logotext/save|IsDark,IsDefault|logoText,logo[]'
        case 'd PUT settings'
            string split ' ' -- 'closeadminhelper|| colortheme||theme,selected cookiesettings||lifeTime,enabled dns||dnsName,enable emailactivation||show,lastModified invitationsettings||allowInvitingMembers,allowInvitingGuests iprestrictions||ipRestrictions[],enable iprestrictions/settings||ipRestrictions[],enable owner||ownerId push/docsubscribe||firebaseDeviceToken,isSubscribed security||id,enabled,subjects[] security/access||items[] security/administrator||productId,userId,administrator security/loginsettings||attemptCount,blockTime,checkPeriod security/password||minLength,upperCase,digits,specSymbols storage||module,props[] storage/cdn||module,props[] tenantquotasettings||tenantId,quota tfaapp||type:37,id,trustedIps[],mandatoryUsers[],mandatoryGroups[] tfaappnewapp||type:37,id,trustedIps[],mandatoryUsers[],mandatoryGroups[] tfaappnewcodes|| tfaappwithlink||type:37,id,trustedIps[],mandatoryUsers[],mandatoryGroups[] webhook||name,uri,secretKey,enabled,ssl,triggers:38,targetId,id webhook/enable||name,uri,secretKey,enabled,ssl,triggers:38,targetId,id webhook/retry||ids[] webhook/{id}/retry|| webplugins/{name}||enabled,settings whitelabel/logos/restore|IsDark,IsDefault| whitelabel/logotext/restore|IsDark,IsDefault| wizard/complete||email,passwordHash,lng,timeZone,amiId,subscribeFromSite'
        case 'd DELETE settings'
            string split ' ' -- 'colortheme|id| rebranding/additional|| rebranding/company|| security/loginsettings|| ssov2|| storage|| storage/cdn|| telegram/link|| webhook/{id}|| webplugins/{name}||'
        case 'd GET smtpsettings'
            string split ' ' -- 'smtp|| smtp/test|| smtp/test/status||'
        case 'd POST smtpsettings'
            string split ' ' -- 'smtp||host,port,senderAddress,senderDisplayName,credentialsUserName,credentialsUserPassword,enableSSL,enableAuth,useNtlm,isDefaultSettings'
        case 'd DELETE smtpsettings'
            string split ' ' -- 'smtp||'
        case 'd GET thirdparty'
            string split ' ' -- '{provider}||'
    end
end

function __oocli_choices
    switch $argv[1]
        case '0'
            string split ' ' -- 'Active Terminated Pending Default All'
        case '1'
            string split ' ' -- 'NotActivated Activated Pending AutoGenerated'
        case '2'
            string split ' ' -- 'All People Guests'
        case '3'
            string split ' ' -- 'All RoomAdmin Guest DocSpaceAdmin User'
        case '4'
            string split ' ' -- 'Default AndroidV2 iOSV2 hCaptcha'
        case '5'
            string split ' ' -- 'EmpInvite LinkInvite PortalSuspend PortalContinue PortalRemove DnsChange PortalOwnerChange Activation EmailChange EmailActivation PasswordChange ProfileRemove PhoneActivation PhoneAuth Auth TfaActivation TfaAuth Wizard GuestShareLink'
        case '6'
            string split ' ' -- 'Documents ThridpartyDocuments CustomCloud Local DataStore ThirdPartyConsumer'
        case '7'
            string split ' ' -- 'None FilesOnly FoldersOnly DocumentsOnly PresentationsOnly SpreadsheetsOnly ImagesOnly ByUser ByDepartment ArchiveOnly ByExtension MediaOnly FillingFormsRooms EditingRooms CustomRooms PublicRooms Pdf PdfForm VirtualDataRooms DiagramsOnly AiRooms'
        case '8'
            string split ' ' -- 'Ascending Descending'
        case '9'
            string split ' ' -- 'All Files Folders'
        case '10'
            string split ' ' -- 'Stop Resume'
        case '11'
            string split ' ' -- 'Desktop Mobile Embedded'
        case '12'
            string split ' ' -- 'None ReadWrite Read Restrict Varies Review Comment FillForms CustomFilter RoomManager Editing ContentCreator'
        case '13'
            string split ' ' -- 'Skip Overwrite Duplicate'
        case '14'
            string split ' ' -- 'Active Archive Any RecentByLinks Templates Knowledge ResultStorage AiAgents'
        case '15'
            string split ' ' -- 'FillingFormsRoom EditingRoom CustomRoom PublicRoom VirtualDataRoom AiRoom'
        case '16'
            string split ' ' -- 'None Box DropBox GoogleDrive kDrive OneDrive SharePoint WebDav Yandex Storage'
        case '17'
            string split ' ' -- 'Owner Member'
        case '18'
            string split ' ' -- 'All Default Custom'
        case '19'
            string split ' ' -- 'None Internal ThirdParty'
        case '20'
            string split ' ' -- 'Invitation External'
        case '21'
            string split ' ' -- 'UserOrGroup InvitationLink ExternalLink AdditionalExternalLink PrimaryExternalLink User Group'
        case '22'
            string split ' ' -- 'OneWeek TwoWeeks OneMonth ThirtyDays TwoMonths ThreeMonths'
        case '23'
            string split ' ' -- '1 2 3'
        case '24'
            string split ' ' -- 'Female Male'
        case '25'
            string split ' ' -- 'Paid Free'
        case '26'
            string split ' ' -- 'SSO LDAP Standart'
        case '27'
            string split ' ' -- 'Base Dark System'
        case '28'
            string split ' ' -- 'Set Add Sub Renew'
        case '29'
            string split ' ' -- 'WebSearch AITools Backup Storage'
        case '30'
            string split ' ' -- 'None Files Folders DocumentsSettings Rooms Settings Contacts Agents'
        case '31'
            string split ' ' -- 'None Create Update Delete Link Unlink Attach Detach Send Import Export UpdateAccess Download Upload Copy Move Reassigns Follow Unfollow Logout'
        case '32'
            string split ' ' -- 'LoginSuccess LoginSuccessViaSocialAccount LoginFailInvalidCombination LoginFailSocialAccountNotFound LoginFailDisabledProfile LoginFail Logout LoginSuccessViaSms LoginFailViaSms LoginFailIpSecurity LoginSuccessViaApi LoginSuccessViaSocialApp LoginSuccessViaApiSms LoginFailViaApi LoginFailViaApiSms LoginSuccessViaSSO SessionStarted SessionCompleted LoginFailViaSSO LoginSuccessViaApiSocialAccount LoginFailViaApiSocialAccount LoginSuccesViaTfaApp LoginFailViaTfaApp LoginFailBruteForce LoginSuccessViaApiTfa LoginFailViaApiTfa LoginFailRecaptcha AuthLinkActivated LoginSuccessViaOAuth LoginSuccessViaPassword UserCreated GuestCreated UserCreatedViaInvite GuestCreatedViaInvite UserActivated GuestActivated UserUpdated UserUpdatedLanguage UserAddedAvatar UserDeletedAvatar UserUpdatedAvatarThumbnails UserLinkedSocialAccount UserUnlinkedSocialAccount UserSentActivationInstructions UserSentEmailChangeInstructions UserSentPasswordChangeInstructions UserSentDeleteInstructions UserUpdatedPassword UserDeleted UsersUpdatedType UsersUpdatedStatus UsersSentActivationInstructions UsersDeleted SentInviteInstructions UserImported GuestImported GroupCreated GroupUpdated GroupDeleted UserUpdatedMobileNumber UserDataReassigns UserDataRemoving UserConnectedTfaApp UserDisconnectedTfaApp UserLogoutActiveConnections UserLogoutActiveConnection UserLogoutActiveConnectionsForUser SendJoinInvite FileCreated FileRenamed FileUpdated FileCreatedVersion FileDeletedVersion FileUpdatedRevisionComment FileLocked FileUnlocked FileUpdatedAccess FileDownloaded FileDownloadedAs FileUploaded FileImported FileCopied FileCopiedWithOverwriting FileMoved FileMovedWithOverwriting FileMovedToTrash FileDeleted FolderCreated FolderRenamed FolderUpdatedAccess FolderCopied FolderCopiedWithOverwriting FolderMoved FolderMovedWithOverwriting FolderMovedToTrash FolderDeleted ThirdPartyCreated ThirdPartyUpdated ThirdPartyDeleted DocumentsThirdPartySettingsUpdated DocumentsOverwritingSettingsUpdated DocumentsUploadingFormatsSettingsUpdated UserFileUpdated FileConverted FileSendAccessLink DocumentServiceLocationSetting AuthorizationKeysSetting FullTextSearchSetting StartTransferSetting BackupStarted LicenseKeyUploaded FileChangeOwner FileRestoreVersion DocumentSendToSign DocumentSignComplete UserUpdatedEmail DocumentsStoreForcesave DocumentsForcesave StartStorageEncryption PrivacyRoomEnable PrivacyRoomDisable StartStorageDecryption FileOpenedForChange FileMarkedAsFavorite FileRemovedFromFavorite FolderDownloaded FileRemovedFromList FolderRemovedFromList FileExternalLinkAccessUpdated TrashEmptied FileRevisionDownloaded FileMarkedAsRead FileReaded FolderMarkedAsRead FolderUpdatedAccessFor FileUpdatedAccessFor DocumentsExternalShareSettingsUpdated RoomCreated RoomRenamed RoomArchived RoomUnarchived RoomDeleted RoomUpdateAccessForUser TagCreated TagsDeleted AddedRoomTags DeletedRoomTags RoomLogoCreated RoomLogoDeleted RoomInvitationLinkUpdated DocumentsKeepNewFileNameSettingsUpdated RoomRemoveUser RoomCreateUser RoomInvitationLinkCreated RoomInvitationLinkDeleted RoomExternalLinkCreated RoomExternalLinkUpdated RoomExternalLinkDeleted FileExternalLinkCreated FileExternalLinkUpdated FileExternalLinkDeleted RoomGroupAdded RoomUpdateAccessForGroup RoomGroupRemove RoomExternalLinkRevoked RoomExternalLinkRenamed FileUploadedWithOverwriting RoomCopied DocumentsDisplayFileExtensionUpdated RoomColorChanged RoomCoverChanged RoomIndexingChanged RoomDenyDownloadChanged RoomIndexExportSaved FolderIndexChanged FolderIndexReordered RoomDenyDownloadEnabled RoomDenyDownloadDisabled FileIndexChanged RoomWatermarkSet RoomWatermarkDisabled RoomIndexingEnabled RoomIndexingDisabled RoomLifeTimeSet RoomLifeTimeDisabled RoomInviteResend FileVersionRemoved FileCustomFilterEnabled FileCustomFilterDisabled FolderExternalLinkCreated FolderExternalLinkUpdated FolderExternalLinkDeleted BackupCompleted BackupFailed ScheduledBackupStarted ScheduledBackupCompleted ScheduledBackupFailed FormStartedToFill FormPartiallyFilled FormCompletelyFilled FormStopped AgentCreated AgentRenamed AgentDeleted AddedServerToAgent DeletedServerFromAgent LdapEnabled LdapDisabled LdapSync LanguageSettingsUpdated TimeZoneSettingsUpdated DnsSettingsUpdated TrustedMailDomainSettingsUpdated PasswordStrengthSettingsUpdated TwoFactorAuthenticationSettingsUpdated AdministratorMessageSettingsUpdated DefaultStartPageSettingsUpdated ProductsListUpdated AdministratorAdded AdministratorOpenedFullAccess AdministratorDeleted UsersOpenedProductAccess GroupsOpenedProductAccess ProductAccessOpened ProductAccessRestricted ProductAddedAdministrator ProductDeletedAdministrator GreetingSettingsUpdated TeamTemplateChanged ColorThemeChanged OwnerSentChangeOwnerInstructions OwnerUpdated OwnerSentPortalDeactivationInstructions OwnerSentPortalDeleteInstructions PortalDeactivated PortalDeleted LoginHistoryReportDownloaded AuditTrailReportDownloaded SSOEnabled SSODisabled PortalAccessSettingsUpdated CookieSettingsUpdated MailServiceSettingsUpdated CustomNavigationSettingsUpdated AuditSettingsUpdated TwoFactorAuthenticationDisabled TwoFactorAuthenticationEnabledBySms TwoFactorAuthenticationEnabledByTfaApp PortalRenamed QuotaPerRoomChanged QuotaPerRoomDisabled QuotaPerUserChanged QuotaPerUserDisabled QuotaPerPortalChanged QuotaPerPortalDisabled FormSubmit FormOpenedForFilling CustomQuotaPerRoomDefault CustomQuotaPerRoomChanged CustomQuotaPerRoomDisabled CustomQuotaPerUserDefault CustomQuotaPerUserChanged CustomQuotaPerUserDisabled DevToolsAccessSettingsChanged WebhookCreated WebhookUpdated WebhookDeleted ApiKeyCreated ApiKeyUpdated ApiKeyDeleted CustomerWalletToppedUp CustomerOperationPerformed CustomerOperationsReportDownloaded CustomerWalletTopUpSettingsUpdated CustomerSubscriptionUpdated BannerSettingsChanged CustomerWalletServicesSettingsUpdated QuotaPerAiAgentChanged QuotaPerAiAgentDisabled CustomQuotaPerAiAgentDefault CustomQuotaPerAiAgentChanged CustomQuotaPerAiAgentDisabled AIProviderCreated AIProviderUpdated AIProviderDeleted ServerCreated ServerUpdated ServerEnabled ServerDisabled ServerDeleted SetWebSearchSettings ResetWebSearchSettings SetVectorizationSettings ResetVectorizationSettings WebpluginUploaded WebpluginUpdated WebpluginDeleted ContactAdminMailSent RoomInviteLinkUsed UserCreatedAndAddedToRoom GuestCreatedAndAddedToRoom ContactSalesMailSent CreateClient UpdateClient RegenerateSecret DeleteClient ChangeClientActivation ChangeClientVisibility RevokeUserClient GenerateAuthorizationCodeToken GeneratePersonalAccessToken None'
        case '33'
            string split ' ' -- 'None File Folder User Group Room Tag Agent'
        case '34'
            string split ' ' -- 'Documents Login Settings Contacts'
        case '35'
            string split ' ' -- 'None Custom All'
        case '36'
            string split ' ' -- 'Badges RoomsActivity DailyFeed UsefullTips'
        case '37'
            string split ' ' -- 'None Sms App'
        case '38'
            string split ' ' -- 'All UserCreated UserInvited UserUpdated UserDeleted GroupCreated GroupUpdated GroupDeleted FileCreated FileUploaded FileUpdated FileTrashed FileDeleted FileRestored FileCopied FileMoved FolderCreated FolderUpdated FolderTrashed FolderDeleted FolderRestored FolderCopied FolderMoved RoomCreated RoomUpdated RoomArchived RoomDeleted RoomRestored RoomCopied'
        case '39'
            string split ' ' -- 'None NotSent Status2xx Status3xx Status4xx Status5xx'
    end
end

# Print what goes on from the words of a path: METHOD, then the words. A word of the path counts
# more than a placeholder, which takes any value.
function __oocli_walk
    set -l entries
    for kind in (__oocli_kinds)
        set -a entries (__oocli_operations "$kind $argv[1] $argv[2]")
    end
    set -e argv[1..2]
    for word in $argv
        set -l escaped (string escape --style=regex -- $word)
        set -l literal (string replace -rf -- "^$escaped(?:/|(?=\|))" '' $entries)
        set -q literal[1]
        or set literal (string replace -rf -- '^\{[^}]*\}(?:/|(?=\|))' '' $entries)
        set entries $literal
    end
    printf '%s\n' $entries
end

# Print the next words of the path of `call` or, with placeholders, of `api`.
function __oocli_paths
    set -l method (__oocli_arguments $argv[1])[1]
    set -l word (commandline -ct)
    set -l typed (string unescape -- $word; or echo -- $word)
    set -l lead (string match -r -- '^(?:/?api/2\.0/|/)' $typed)
    set -l before (string match -r -- '.*/' (string replace -r -- '^(?:/?api/2\.0/|/)' '' $typed))
    set -q lead[1]; or set lead ''
    set -q before[1]; or set before ''
    set -l entries
    if test -z "$before"
        for kind in (__oocli_kinds)
            set -a entries (__oocli_operations "$kind $method")
        end
    else
        set entries (__oocli_walk $method (string split / -- (string trim -r -c / -- $before)))
    end
    set -l next (string match -r -- '^[^|/]+/?' $entries)
    test $argv[1] = api; or set next (string match -v -- '{*' $next)
    set -q next[1]; and printf '%s\n' $lead$before$next
end

# Print the names that the operation on the line takes, $argv[1] being `query` or `body`.
function __oocli_names
    set -l arguments (__oocli_arguments call)
    set -q arguments[2]; or return
    set -l path (string replace -r -- '^/?(?:api/2\.0/)?' '' $arguments[2])
    set path (string replace -r -- '(?:\.json)?/?(?:\?.*)?$' '' $path)
    set -l place 2
    test $argv[1] = body; and test $arguments[1] != GET; and set place 3
    set -l word (commandline -ct)
    set -l typed (string match -r -- '^[^=]*(?==)' $word)
    for entry in (string match -- '|*' (__oocli_walk $arguments[1] (string split / -- $path)))
        set -l parts (string split '|' -- $entry)
        for name in (string split -n , -- (string replace % count,startIndex,sortBy,sortOrder,filterBy,filterOp,filterValue,fields -- $parts[$place]))
            set -l pair (string split : -- $name)
            if not set -q typed[1]
                echo $pair[1]=
            else if test "$typed" = $pair[1]; and set -q pair[2]
                printf '%s\n' $pair[1]=(__oocli_choices $pair[2])
            end
        end
    end
end

function __oocli_body_names
    if string match -qr -- '=["\']?@|^["\'][^=]*=@' (commandline -ct)
        __oocli_text_or_file
    else
        __oocli_names body
    end
end

function __oocli_remote
    printf '%s\n' my/ rooms/ common/ projects/ shared/ trash/ archive/
end

complete -c oocli -e
complete -c oocli -f
complete -c oocli -n '__oocli_at "" 0' -a 'login' -d 'Sign in to a portal'
complete -c oocli -n '__oocli_at "" 0' -a 'whoami' -d 'Show who is signed in, checked with the portal'
complete -c oocli -n '__oocli_at "" 0' -a 'portals' -d 'List the known portals, choose the default, or remove one'
complete -c oocli -n '__oocli_at "" 0' -a 'token' -d 'Print the credential that `call` would send'
complete -c oocli -n '__oocli_at "" 0' -a 'logout' -d 'End the session at the portal and delete the stored credential'
complete -c oocli -n '__oocli_at "" 0' -a 'call' -d 'Call the portal\'s API'
complete -c oocli -n '__oocli_at "" 0' -a 'api' -d 'Find an operation of the API, or show one'
complete -c oocli -n '__oocli_at "" 0' -a 'batch' -d 'Send many calls from a file or a pipe'
complete -c oocli -n '__oocli_at "" 0' -a 'files' -d 'List, move, copy and delete files and folders'
complete -c oocli -n '__oocli_at "" 0' -a 'demo' -d 'Try oocli on a demo portal, or serve that portal for tests'
complete -c oocli -n '__oocli_at "" 0' -a 'doctor' -d 'Check network, TLS, keyring and credential'
complete -c oocli -n '__oocli_at "" 0' -a 'completion' -d 'Print the completion script of a shell'
complete -c oocli -n '__oocli_at "" 0' -a 'help' -d 'Show help on a command or a topic'
complete -c oocli -n '__oocli_at ""' -s V -l version -d 'Print the version'
complete -c oocli -n '__oocli_at ""' -s h -l help -d 'Show the help'
complete -c oocli -n '__oocli_at "login" 0' -a '(__oocli_portals)'
complete -c oocli -n '__oocli_at "login"' -l user -x -d 'Sign in as the account with this e-mail address'
complete -c oocli -n '__oocli_at "login"' -l password-stdin -d 'Read the password from stdin'
complete -c oocli -n '__oocli_at "login"' -l password-file -r -F -d 'Read the password from FILE'
complete -c oocli -n '__oocli_at "login"' -l with-token -d 'Read a token or API key from stdin'
complete -c oocli -n '__oocli_at "login"' -l otp -x -d 'Send this code of the second factor'
complete -c oocli -n '__oocli_at "login"' -l otp-command -x -d 'Run CMD, which prints the code of the second factor'
complete -c oocli -n '__oocli_at "login"' -l phone -x -d 'Set this phone number for an account without one (Workspace)'
complete -c oocli -n '__oocli_at "login"' -l api-key -d 'Create an API key and store it (DocSpace)'
complete -c oocli -n '__oocli_at "login"' -l key-name -x -d 'Name the API key, with at most 30 characters'
complete -c oocli -n '__oocli_at "login"' -l key-days -x -d 'Let the API key expire after N days (default: never)'
complete -c oocli -n '__oocli_at "login"' -l key-scope -x -d 'Limit the API key to this scope (default: no limit)'
complete -c oocli -n '__oocli_at "login"' -l print-token -d 'Print the token and store nothing'
complete -c oocli -n '__oocli_at "login"' -l insecure-storage -d 'Store the credential in a file with mode 0600, not in the keyring'
complete -c oocli -n '__oocli_at "login"' -l portal -x -a '(__oocli_portals)' -d 'Use this portal (default: see `oocli portals`)'
complete -c oocli -n '__oocli_at "login"' -l timeout -x -d 'Stop waiting for data after SEC seconds (default: 60)'
complete -c oocli -n '__oocli_at "login"' -l max-time -x -d 'Stop the whole command after SEC seconds (default: never)'
complete -c oocli -n '__oocli_at "login"' -l retry -x -d 'Retry temporary failures N times, at most 20 (default: 2)'
complete -c oocli -n '__oocli_at "login"' -l proxy -x -d 'Use this proxy'
complete -c oocli -n '__oocli_at "login"' -l cacert -r -F -d 'Trust the CA certificates in this PEM file'
complete -c oocli -n '__oocli_at "login"' -l client-cert -r -F -d 'Send the client certificate in this PEM file, which also holds its key'
complete -c oocli -n '__oocli_at "login"' -l insecure -d 'Do not check the portal\'s certificate'
complete -c oocli -n '__oocli_at "login"' -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c oocli -n '__oocli_at "login"' -s q -l quiet -d 'Print only errors on stderr'
complete -c oocli -n '__oocli_at "login"' -s v -l verbose -d 'Log each request on stderr; -vv adds the headers'
complete -c oocli -n '__oocli_at "login"' -l debug -d 'Log everything, and the traces of bugs'
complete -c oocli -n '__oocli_at "login"' -l color -x -a 'auto always never' -d 'Use colors: auto, always or never (default: auto)'
complete -c oocli -n '__oocli_at "login"' -l no-color -d 'Use no colors, as --color never does'
complete -c oocli -n '__oocli_at "login"' -l error-format -x -a 'text json' -d 'Print errors as text or json (default: text)'
complete -c oocli -n '__oocli_at "login"' -l no-input -d 'Never prompt; fail instead'
complete -c oocli -n '__oocli_at "login"' -s h -l help -d 'Show the help'
complete -c oocli -n '__oocli_at "whoami"' -l format -x -a 'json' -d 'Print one JSON document'
complete -c oocli -n '__oocli_at "whoami"' -l portal -x -a '(__oocli_portals)' -d 'Use this portal (default: see `oocli portals`)'
complete -c oocli -n '__oocli_at "whoami"' -l timeout -x -d 'Stop waiting for data after SEC seconds (default: 60)'
complete -c oocli -n '__oocli_at "whoami"' -l max-time -x -d 'Stop the whole command after SEC seconds (default: never)'
complete -c oocli -n '__oocli_at "whoami"' -l retry -x -d 'Retry temporary failures N times, at most 20 (default: 2)'
complete -c oocli -n '__oocli_at "whoami"' -l proxy -x -d 'Use this proxy'
complete -c oocli -n '__oocli_at "whoami"' -l cacert -r -F -d 'Trust the CA certificates in this PEM file'
complete -c oocli -n '__oocli_at "whoami"' -l client-cert -r -F -d 'Send the client certificate in this PEM file, which also holds its key'
complete -c oocli -n '__oocli_at "whoami"' -l insecure -d 'Do not check the portal\'s certificate'
complete -c oocli -n '__oocli_at "whoami"' -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c oocli -n '__oocli_at "whoami"' -s q -l quiet -d 'Print only errors on stderr'
complete -c oocli -n '__oocli_at "whoami"' -s v -l verbose -d 'Log each request on stderr; -vv adds the headers'
complete -c oocli -n '__oocli_at "whoami"' -l debug -d 'Log everything, and the traces of bugs'
complete -c oocli -n '__oocli_at "whoami"' -l color -x -a 'auto always never' -d 'Use colors: auto, always or never (default: auto)'
complete -c oocli -n '__oocli_at "whoami"' -l no-color -d 'Use no colors, as --color never does'
complete -c oocli -n '__oocli_at "whoami"' -l error-format -x -a 'text json' -d 'Print errors as text or json (default: text)'
complete -c oocli -n '__oocli_at "whoami"' -l no-input -d 'Never prompt; fail instead'
complete -c oocli -n '__oocli_at "whoami"' -s h -l help -d 'Show the help'
complete -c oocli -n '__oocli_at "portals" 0' -a 'list' -d 'List the known portals; the default one is marked with a star'
complete -c oocli -n '__oocli_at "portals" 0' -a 'use' -d 'Make a known portal the default one'
complete -c oocli -n '__oocli_at "portals" 0' -a 'remove' -d 'Remove a portal and its credential from this machine'
complete -c oocli -n '__oocli_at "portals"' -s h -l help -d 'Show the help'
complete -c oocli -n '__oocli_at "portals list"' -l format -x -a 'json' -d 'Print one JSON document'
complete -c oocli -n '__oocli_at "portals list"' -s q -l quiet -d 'Print only errors on stderr'
complete -c oocli -n '__oocli_at "portals list"' -s v -l verbose -d 'Log each request on stderr; -vv adds the headers'
complete -c oocli -n '__oocli_at "portals list"' -l debug -d 'Log everything, and the traces of bugs'
complete -c oocli -n '__oocli_at "portals list"' -l color -x -a 'auto always never' -d 'Use colors: auto, always or never (default: auto)'
complete -c oocli -n '__oocli_at "portals list"' -l no-color -d 'Use no colors, as --color never does'
complete -c oocli -n '__oocli_at "portals list"' -l error-format -x -a 'text json' -d 'Print errors as text or json (default: text)'
complete -c oocli -n '__oocli_at "portals list"' -l no-input -d 'Never prompt; fail instead'
complete -c oocli -n '__oocli_at "portals list"' -s h -l help -d 'Show the help'
complete -c oocli -n '__oocli_at "portals use" 0' -a '(__oocli_portals)'
complete -c oocli -n '__oocli_at "portals use"' -s q -l quiet -d 'Print only errors on stderr'
complete -c oocli -n '__oocli_at "portals use"' -s v -l verbose -d 'Log each request on stderr; -vv adds the headers'
complete -c oocli -n '__oocli_at "portals use"' -l debug -d 'Log everything, and the traces of bugs'
complete -c oocli -n '__oocli_at "portals use"' -l color -x -a 'auto always never' -d 'Use colors: auto, always or never (default: auto)'
complete -c oocli -n '__oocli_at "portals use"' -l no-color -d 'Use no colors, as --color never does'
complete -c oocli -n '__oocli_at "portals use"' -l error-format -x -a 'text json' -d 'Print errors as text or json (default: text)'
complete -c oocli -n '__oocli_at "portals use"' -l no-input -d 'Never prompt; fail instead'
complete -c oocli -n '__oocli_at "portals use"' -s h -l help -d 'Show the help'
complete -c oocli -n '__oocli_at "portals remove" 0' -a '(__oocli_portals)'
complete -c oocli -n '__oocli_at "portals remove"' -s q -l quiet -d 'Print only errors on stderr'
complete -c oocli -n '__oocli_at "portals remove"' -s v -l verbose -d 'Log each request on stderr; -vv adds the headers'
complete -c oocli -n '__oocli_at "portals remove"' -l debug -d 'Log everything, and the traces of bugs'
complete -c oocli -n '__oocli_at "portals remove"' -l color -x -a 'auto always never' -d 'Use colors: auto, always or never (default: auto)'
complete -c oocli -n '__oocli_at "portals remove"' -l no-color -d 'Use no colors, as --color never does'
complete -c oocli -n '__oocli_at "portals remove"' -l error-format -x -a 'text json' -d 'Print errors as text or json (default: text)'
complete -c oocli -n '__oocli_at "portals remove"' -l no-input -d 'Never prompt; fail instead'
complete -c oocli -n '__oocli_at "portals remove"' -s h -l help -d 'Show the help'
complete -c oocli -n '__oocli_at "token"' -l portal -x -a '(__oocli_portals)' -d 'Use this portal (default: see `oocli portals`)'
complete -c oocli -n '__oocli_at "token"' -l timeout -x -d 'Stop waiting for data after SEC seconds (default: 60)'
complete -c oocli -n '__oocli_at "token"' -l max-time -x -d 'Stop the whole command after SEC seconds (default: never)'
complete -c oocli -n '__oocli_at "token"' -l retry -x -d 'Retry temporary failures N times, at most 20 (default: 2)'
complete -c oocli -n '__oocli_at "token"' -l proxy -x -d 'Use this proxy'
complete -c oocli -n '__oocli_at "token"' -l cacert -r -F -d 'Trust the CA certificates in this PEM file'
complete -c oocli -n '__oocli_at "token"' -l client-cert -r -F -d 'Send the client certificate in this PEM file, which also holds its key'
complete -c oocli -n '__oocli_at "token"' -l insecure -d 'Do not check the portal\'s certificate'
complete -c oocli -n '__oocli_at "token"' -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c oocli -n '__oocli_at "token"' -s q -l quiet -d 'Print only errors on stderr'
complete -c oocli -n '__oocli_at "token"' -s v -l verbose -d 'Log each request on stderr; -vv adds the headers'
complete -c oocli -n '__oocli_at "token"' -l debug -d 'Log everything, and the traces of bugs'
complete -c oocli -n '__oocli_at "token"' -l color -x -a 'auto always never' -d 'Use colors: auto, always or never (default: auto)'
complete -c oocli -n '__oocli_at "token"' -l no-color -d 'Use no colors, as --color never does'
complete -c oocli -n '__oocli_at "token"' -l error-format -x -a 'text json' -d 'Print errors as text or json (default: text)'
complete -c oocli -n '__oocli_at "token"' -l no-input -d 'Never prompt; fail instead'
complete -c oocli -n '__oocli_at "token"' -s h -l help -d 'Show the help'
complete -c oocli -n '__oocli_at "logout"' -l all -d 'Sign out of every known portal'
complete -c oocli -n '__oocli_at "logout"' -l portal -x -a '(__oocli_portals)' -d 'Use this portal (default: see `oocli portals`)'
complete -c oocli -n '__oocli_at "logout"' -l timeout -x -d 'Stop waiting for data after SEC seconds (default: 60)'
complete -c oocli -n '__oocli_at "logout"' -l max-time -x -d 'Stop the whole command after SEC seconds (default: never)'
complete -c oocli -n '__oocli_at "logout"' -l retry -x -d 'Retry temporary failures N times, at most 20 (default: 2)'
complete -c oocli -n '__oocli_at "logout"' -l proxy -x -d 'Use this proxy'
complete -c oocli -n '__oocli_at "logout"' -l cacert -r -F -d 'Trust the CA certificates in this PEM file'
complete -c oocli -n '__oocli_at "logout"' -l client-cert -r -F -d 'Send the client certificate in this PEM file, which also holds its key'
complete -c oocli -n '__oocli_at "logout"' -l insecure -d 'Do not check the portal\'s certificate'
complete -c oocli -n '__oocli_at "logout"' -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c oocli -n '__oocli_at "logout"' -s q -l quiet -d 'Print only errors on stderr'
complete -c oocli -n '__oocli_at "logout"' -s v -l verbose -d 'Log each request on stderr; -vv adds the headers'
complete -c oocli -n '__oocli_at "logout"' -l debug -d 'Log everything, and the traces of bugs'
complete -c oocli -n '__oocli_at "logout"' -l color -x -a 'auto always never' -d 'Use colors: auto, always or never (default: auto)'
complete -c oocli -n '__oocli_at "logout"' -l no-color -d 'Use no colors, as --color never does'
complete -c oocli -n '__oocli_at "logout"' -l error-format -x -a 'text json' -d 'Print errors as text or json (default: text)'
complete -c oocli -n '__oocli_at "logout"' -l no-input -d 'Never prompt; fail instead'
complete -c oocli -n '__oocli_at "logout"' -s h -l help -d 'Show the help'
complete -c oocli -n '__oocli_at "call" 0' -a 'GET POST PUT DELETE HEAD PATCH OPTIONS'
complete -c oocli -n '__oocli_at "call" 1' -a '(__oocli_paths call)'
complete -c oocli -n '__oocli_at "call"' -s p -l param -x -a '(__oocli_names query)' -d 'Add a parameter to the query'
complete -c oocli -n '__oocli_at "call"' -s f -l raw-field -x -a '(__oocli_names body)' -d 'Add a text field to the body'
complete -c oocli -n '__oocli_at "call"' -s F -l field -x -a '(__oocli_body_names)' -d 'Add a field; numbers, true, false, null become JSON'
complete -c oocli -n '__oocli_at "call"' -s d -l data -x -a '(__oocli_text_or_file)' -d 'Send this JSON body as it is'
complete -c oocli -n '__oocli_at "call"' -l form -d 'Send the fields as a form instead of JSON'
complete -c oocli -n '__oocli_at "call"' -l part -x -a '(__oocli_text_or_file)' -d 'Upload a file in a multipart form'
complete -c oocli -n '__oocli_at "call"' -s H -l header -x -d 'Send a header'
complete -c oocli -n '__oocli_at "call"' -l wait -d 'Wait for the end of the file operation that the call starts'
complete -c oocli -n '__oocli_at "call"' -l wait-timeout -x -d 'End --wait after SEC seconds (default: never)'
complete -c oocli -n '__oocli_at "call"' -s r -l response -d 'Print only the content of the envelope'
complete -c oocli -n '__oocli_at "call"' -l paginate -d 'Get all pages of a list and merge them'
complete -c oocli -n '__oocli_at "call"' -l limit -x -d 'Stop after N items, counted over all pages'
complete -c oocli -n '__oocli_at "call"' -l page-size -x -d 'Ask for N items per page (default: 100 on DocSpace, 1000 on Workspace)'
complete -c oocli -n '__oocli_at "call"' -l jq -x -d 'Filter the answer with a jq expression'
complete -c oocli -n '__oocli_at "call"' -l format -x -a 'json ndjson table csv tsv raw' -d 'Print json, ndjson, table, csv, tsv or raw (default: json)'
complete -c oocli -n '__oocli_at "call"' -l columns -x -d 'Choose the columns of table, csv and tsv'
complete -c oocli -n '__oocli_at "call"' -l safe-cells -d 'Escape cells that a spreadsheet would run as formulas'
complete -c oocli -n '__oocli_at "call"' -s i -l include -d 'Print the status line and the headers first'
complete -c oocli -n '__oocli_at "call"' -s o -l output -r -F -d 'Write the answer to FILE (-: stdout)'
complete -c oocli -n '__oocli_at "call"' -s O -l remote-name -d 'Save under the file name that the portal sends'
complete -c oocli -n '__oocli_at "call"' -l no-fail -d 'Exit with 0 if the portal answers, even with an error'
complete -c oocli -n '__oocli_at "call"' -l dry-run -d 'Print the request and send nothing'
complete -c oocli -n '__oocli_at "call"' -l print-curl -d 'Print a curl command and send nothing'
complete -c oocli -n '__oocli_at "call"' -s y -l yes -d 'Confirm a DELETE without asking'
complete -c oocli -n '__oocli_at "call"' -l portal -x -a '(__oocli_portals)' -d 'Use this portal (default: see `oocli portals`)'
complete -c oocli -n '__oocli_at "call"' -l timeout -x -d 'Stop waiting for data after SEC seconds (default: 60)'
complete -c oocli -n '__oocli_at "call"' -l max-time -x -d 'Stop the whole command after SEC seconds (default: never)'
complete -c oocli -n '__oocli_at "call"' -l retry -x -d 'Retry temporary failures N times, at most 20 (default: 2)'
complete -c oocli -n '__oocli_at "call"' -l proxy -x -d 'Use this proxy'
complete -c oocli -n '__oocli_at "call"' -l cacert -r -F -d 'Trust the CA certificates in this PEM file'
complete -c oocli -n '__oocli_at "call"' -l client-cert -r -F -d 'Send the client certificate in this PEM file, which also holds its key'
complete -c oocli -n '__oocli_at "call"' -l insecure -d 'Do not check the portal\'s certificate'
complete -c oocli -n '__oocli_at "call"' -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c oocli -n '__oocli_at "call"' -s q -l quiet -d 'Print only errors on stderr'
complete -c oocli -n '__oocli_at "call"' -s v -l verbose -d 'Log each request on stderr; -vv adds the headers'
complete -c oocli -n '__oocli_at "call"' -l debug -d 'Log everything, and the traces of bugs'
complete -c oocli -n '__oocli_at "call"' -l color -x -a 'auto always never' -d 'Use colors: auto, always or never (default: auto)'
complete -c oocli -n '__oocli_at "call"' -l no-color -d 'Use no colors, as --color never does'
complete -c oocli -n '__oocli_at "call"' -l error-format -x -a 'text json' -d 'Print errors as text or json (default: text)'
complete -c oocli -n '__oocli_at "call"' -l no-input -d 'Never prompt; fail instead'
complete -c oocli -n '__oocli_at "call"' -s h -l help -d 'Show the help'
complete -c oocli -n '__oocli_at "api"' -l kind -x -a 'workspace docspace all' -d 'Show operations of workspace, docspace or all (default: the kind of the chosen portal, else all)'
complete -c oocli -n '__oocli_at "api"' -l limit -x -d 'Show the best N operations (default: 20)'
complete -c oocli -n '__oocli_at "api"' -l format -x -a 'json ndjson table csv tsv' -d 'Print json, ndjson, table, csv or tsv'
complete -c oocli -n '__oocli_at "api"' -l portal -x -a '(__oocli_portals)' -d 'Use this portal (default: see `oocli portals`)'
complete -c oocli -n '__oocli_at "api"' -s q -l quiet -d 'Print only errors on stderr'
complete -c oocli -n '__oocli_at "api"' -s v -l verbose -d 'Log each request on stderr; -vv adds the headers'
complete -c oocli -n '__oocli_at "api"' -l debug -d 'Log everything, and the traces of bugs'
complete -c oocli -n '__oocli_at "api"' -l color -x -a 'auto always never' -d 'Use colors: auto, always or never (default: auto)'
complete -c oocli -n '__oocli_at "api"' -l no-color -d 'Use no colors, as --color never does'
complete -c oocli -n '__oocli_at "api"' -l error-format -x -a 'text json' -d 'Print errors as text or json (default: text)'
complete -c oocli -n '__oocli_at "api"' -l no-input -d 'Never prompt; fail instead'
complete -c oocli -n '__oocli_at "api"' -s h -l help -d 'Show the help'
complete -c oocli -n '__oocli_at "batch" 0' -F
complete -c oocli -n '__oocli_at "batch"' -l parallel -x -d 'Send up to N calls at a time, at most 45 (default: 8)'
complete -c oocli -n '__oocli_at "batch"' -l rate -x -d 'Start at most N calls per second (default: no limit)'
complete -c oocli -n '__oocli_at "batch"' -l stop-on-error -d 'Send no more calls after the first failure'
complete -c oocli -n '__oocli_at "batch"' -l resume -r -F -d 'Record progress in JOURNAL, and continue from there'
complete -c oocli -n '__oocli_at "batch"' -s y -l yes -d 'Confirm the DELETE lines without asking'
complete -c oocli -n '__oocli_at "batch"' -l portal -x -a '(__oocli_portals)' -d 'Use this portal (default: see `oocli portals`)'
complete -c oocli -n '__oocli_at "batch"' -l timeout -x -d 'Stop waiting for data after SEC seconds (default: 60)'
complete -c oocli -n '__oocli_at "batch"' -l max-time -x -d 'Stop the whole command after SEC seconds (default: never)'
complete -c oocli -n '__oocli_at "batch"' -l retry -x -d 'Retry temporary failures N times, at most 20 (default: 2)'
complete -c oocli -n '__oocli_at "batch"' -l proxy -x -d 'Use this proxy'
complete -c oocli -n '__oocli_at "batch"' -l cacert -r -F -d 'Trust the CA certificates in this PEM file'
complete -c oocli -n '__oocli_at "batch"' -l client-cert -r -F -d 'Send the client certificate in this PEM file, which also holds its key'
complete -c oocli -n '__oocli_at "batch"' -l insecure -d 'Do not check the portal\'s certificate'
complete -c oocli -n '__oocli_at "batch"' -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c oocli -n '__oocli_at "batch"' -s q -l quiet -d 'Print only errors on stderr'
complete -c oocli -n '__oocli_at "batch"' -s v -l verbose -d 'Log each request on stderr; -vv adds the headers'
complete -c oocli -n '__oocli_at "batch"' -l debug -d 'Log everything, and the traces of bugs'
complete -c oocli -n '__oocli_at "batch"' -l color -x -a 'auto always never' -d 'Use colors: auto, always or never (default: auto)'
complete -c oocli -n '__oocli_at "batch"' -l no-color -d 'Use no colors, as --color never does'
complete -c oocli -n '__oocli_at "batch"' -l error-format -x -a 'text json' -d 'Print errors as text or json (default: text)'
complete -c oocli -n '__oocli_at "batch"' -l no-input -d 'Never prompt; fail instead'
complete -c oocli -n '__oocli_at "batch"' -s h -l help -d 'Show the help'
complete -c oocli -n '__oocli_at "files" 0' -a 'ls' -d 'List what is in a folder: its folders, then its files'
complete -c oocli -n '__oocli_at "files" 0' -a 'id' -d 'Print the id of a folder or file, for `oocli call`'
complete -c oocli -n '__oocli_at "files" 0' -a 'mkdir' -d 'Make a folder'
complete -c oocli -n '__oocli_at "files" 0' -a 'mv' -d 'Move files and folders into a folder, or rename one'
complete -c oocli -n '__oocli_at "files" 0' -a 'cp' -d 'Copy files and folders, with all that is in them'
complete -c oocli -n '__oocli_at "files" 0' -a 'rm' -d 'Delete files and folders: into the trash, or for good with --permanently'
complete -c oocli -n '__oocli_at "files"' -s h -l help -d 'Show the help'
complete -c oocli -n '__oocli_at "files ls" 0' -a '(__oocli_remote)'
complete -c oocli -n '__oocli_at "files ls"' -s R -l recursive -d 'List the folders below it as well'
complete -c oocli -n '__oocli_at "files ls"' -l format -x -a 'json ndjson table csv tsv' -d 'Print json, ndjson, table, csv or tsv'
complete -c oocli -n '__oocli_at "files ls"' -l columns -x -d 'Choose the columns, of type, id, title, size, updated, owner, path'
complete -c oocli -n '__oocli_at "files ls"' -l portal -x -a '(__oocli_portals)' -d 'Use this portal (default: see `oocli portals`)'
complete -c oocli -n '__oocli_at "files ls"' -l timeout -x -d 'Stop waiting for data after SEC seconds (default: 60)'
complete -c oocli -n '__oocli_at "files ls"' -l max-time -x -d 'Stop the whole command after SEC seconds (default: never)'
complete -c oocli -n '__oocli_at "files ls"' -l retry -x -d 'Retry temporary failures N times, at most 20 (default: 2)'
complete -c oocli -n '__oocli_at "files ls"' -l proxy -x -d 'Use this proxy'
complete -c oocli -n '__oocli_at "files ls"' -l cacert -r -F -d 'Trust the CA certificates in this PEM file'
complete -c oocli -n '__oocli_at "files ls"' -l client-cert -r -F -d 'Send the client certificate in this PEM file, which also holds its key'
complete -c oocli -n '__oocli_at "files ls"' -l insecure -d 'Do not check the portal\'s certificate'
complete -c oocli -n '__oocli_at "files ls"' -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c oocli -n '__oocli_at "files ls"' -s q -l quiet -d 'Print only errors on stderr'
complete -c oocli -n '__oocli_at "files ls"' -s v -l verbose -d 'Log each request on stderr; -vv adds the headers'
complete -c oocli -n '__oocli_at "files ls"' -l debug -d 'Log everything, and the traces of bugs'
complete -c oocli -n '__oocli_at "files ls"' -l color -x -a 'auto always never' -d 'Use colors: auto, always or never (default: auto)'
complete -c oocli -n '__oocli_at "files ls"' -l no-color -d 'Use no colors, as --color never does'
complete -c oocli -n '__oocli_at "files ls"' -l error-format -x -a 'text json' -d 'Print errors as text or json (default: text)'
complete -c oocli -n '__oocli_at "files ls"' -l no-input -d 'Never prompt; fail instead'
complete -c oocli -n '__oocli_at "files ls"' -s h -l help -d 'Show the help'
complete -c oocli -n '__oocli_at "files id" 0' -a '(__oocli_remote)'
complete -c oocli -n '__oocli_at "files id"' -l portal -x -a '(__oocli_portals)' -d 'Use this portal (default: see `oocli portals`)'
complete -c oocli -n '__oocli_at "files id"' -l timeout -x -d 'Stop waiting for data after SEC seconds (default: 60)'
complete -c oocli -n '__oocli_at "files id"' -l max-time -x -d 'Stop the whole command after SEC seconds (default: never)'
complete -c oocli -n '__oocli_at "files id"' -l retry -x -d 'Retry temporary failures N times, at most 20 (default: 2)'
complete -c oocli -n '__oocli_at "files id"' -l proxy -x -d 'Use this proxy'
complete -c oocli -n '__oocli_at "files id"' -l cacert -r -F -d 'Trust the CA certificates in this PEM file'
complete -c oocli -n '__oocli_at "files id"' -l client-cert -r -F -d 'Send the client certificate in this PEM file, which also holds its key'
complete -c oocli -n '__oocli_at "files id"' -l insecure -d 'Do not check the portal\'s certificate'
complete -c oocli -n '__oocli_at "files id"' -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c oocli -n '__oocli_at "files id"' -s q -l quiet -d 'Print only errors on stderr'
complete -c oocli -n '__oocli_at "files id"' -s v -l verbose -d 'Log each request on stderr; -vv adds the headers'
complete -c oocli -n '__oocli_at "files id"' -l debug -d 'Log everything, and the traces of bugs'
complete -c oocli -n '__oocli_at "files id"' -l color -x -a 'auto always never' -d 'Use colors: auto, always or never (default: auto)'
complete -c oocli -n '__oocli_at "files id"' -l no-color -d 'Use no colors, as --color never does'
complete -c oocli -n '__oocli_at "files id"' -l error-format -x -a 'text json' -d 'Print errors as text or json (default: text)'
complete -c oocli -n '__oocli_at "files id"' -l no-input -d 'Never prompt; fail instead'
complete -c oocli -n '__oocli_at "files id"' -s h -l help -d 'Show the help'
complete -c oocli -n '__oocli_at "files mkdir" 0' -a '(__oocli_remote)'
complete -c oocli -n '__oocli_at "files mkdir"' -s p -l parents -d 'Make its parents too, and accept a folder that exists'
complete -c oocli -n '__oocli_at "files mkdir"' -l dry-run -d 'Print what would be done and change nothing'
complete -c oocli -n '__oocli_at "files mkdir"' -l portal -x -a '(__oocli_portals)' -d 'Use this portal (default: see `oocli portals`)'
complete -c oocli -n '__oocli_at "files mkdir"' -l timeout -x -d 'Stop waiting for data after SEC seconds (default: 60)'
complete -c oocli -n '__oocli_at "files mkdir"' -l max-time -x -d 'Stop the whole command after SEC seconds (default: never)'
complete -c oocli -n '__oocli_at "files mkdir"' -l retry -x -d 'Retry temporary failures N times, at most 20 (default: 2)'
complete -c oocli -n '__oocli_at "files mkdir"' -l proxy -x -d 'Use this proxy'
complete -c oocli -n '__oocli_at "files mkdir"' -l cacert -r -F -d 'Trust the CA certificates in this PEM file'
complete -c oocli -n '__oocli_at "files mkdir"' -l client-cert -r -F -d 'Send the client certificate in this PEM file, which also holds its key'
complete -c oocli -n '__oocli_at "files mkdir"' -l insecure -d 'Do not check the portal\'s certificate'
complete -c oocli -n '__oocli_at "files mkdir"' -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c oocli -n '__oocli_at "files mkdir"' -s q -l quiet -d 'Print only errors on stderr'
complete -c oocli -n '__oocli_at "files mkdir"' -s v -l verbose -d 'Log each request on stderr; -vv adds the headers'
complete -c oocli -n '__oocli_at "files mkdir"' -l debug -d 'Log everything, and the traces of bugs'
complete -c oocli -n '__oocli_at "files mkdir"' -l color -x -a 'auto always never' -d 'Use colors: auto, always or never (default: auto)'
complete -c oocli -n '__oocli_at "files mkdir"' -l no-color -d 'Use no colors, as --color never does'
complete -c oocli -n '__oocli_at "files mkdir"' -l error-format -x -a 'text json' -d 'Print errors as text or json (default: text)'
complete -c oocli -n '__oocli_at "files mkdir"' -l no-input -d 'Never prompt; fail instead'
complete -c oocli -n '__oocli_at "files mkdir"' -s h -l help -d 'Show the help'
complete -c oocli -n '__oocli_at "files mv" 0+' -a '(__oocli_remote)'
complete -c oocli -n '__oocli_at "files mv"' -l dry-run -d 'Print what would be done and change nothing'
complete -c oocli -n '__oocli_at "files mv"' -l portal -x -a '(__oocli_portals)' -d 'Use this portal (default: see `oocli portals`)'
complete -c oocli -n '__oocli_at "files mv"' -l timeout -x -d 'Stop waiting for data after SEC seconds (default: 60)'
complete -c oocli -n '__oocli_at "files mv"' -l max-time -x -d 'Stop the whole command after SEC seconds (default: never)'
complete -c oocli -n '__oocli_at "files mv"' -l retry -x -d 'Retry temporary failures N times, at most 20 (default: 2)'
complete -c oocli -n '__oocli_at "files mv"' -l proxy -x -d 'Use this proxy'
complete -c oocli -n '__oocli_at "files mv"' -l cacert -r -F -d 'Trust the CA certificates in this PEM file'
complete -c oocli -n '__oocli_at "files mv"' -l client-cert -r -F -d 'Send the client certificate in this PEM file, which also holds its key'
complete -c oocli -n '__oocli_at "files mv"' -l insecure -d 'Do not check the portal\'s certificate'
complete -c oocli -n '__oocli_at "files mv"' -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c oocli -n '__oocli_at "files mv"' -s q -l quiet -d 'Print only errors on stderr'
complete -c oocli -n '__oocli_at "files mv"' -s v -l verbose -d 'Log each request on stderr; -vv adds the headers'
complete -c oocli -n '__oocli_at "files mv"' -l debug -d 'Log everything, and the traces of bugs'
complete -c oocli -n '__oocli_at "files mv"' -l color -x -a 'auto always never' -d 'Use colors: auto, always or never (default: auto)'
complete -c oocli -n '__oocli_at "files mv"' -l no-color -d 'Use no colors, as --color never does'
complete -c oocli -n '__oocli_at "files mv"' -l error-format -x -a 'text json' -d 'Print errors as text or json (default: text)'
complete -c oocli -n '__oocli_at "files mv"' -l no-input -d 'Never prompt; fail instead'
complete -c oocli -n '__oocli_at "files mv"' -s h -l help -d 'Show the help'
complete -c oocli -n '__oocli_at "files cp" 0+' -a '(__oocli_remote)'
complete -c oocli -n '__oocli_at "files cp"' -l dry-run -d 'Print what would be done and change nothing'
complete -c oocli -n '__oocli_at "files cp"' -l portal -x -a '(__oocli_portals)' -d 'Use this portal (default: see `oocli portals`)'
complete -c oocli -n '__oocli_at "files cp"' -l timeout -x -d 'Stop waiting for data after SEC seconds (default: 60)'
complete -c oocli -n '__oocli_at "files cp"' -l max-time -x -d 'Stop the whole command after SEC seconds (default: never)'
complete -c oocli -n '__oocli_at "files cp"' -l retry -x -d 'Retry temporary failures N times, at most 20 (default: 2)'
complete -c oocli -n '__oocli_at "files cp"' -l proxy -x -d 'Use this proxy'
complete -c oocli -n '__oocli_at "files cp"' -l cacert -r -F -d 'Trust the CA certificates in this PEM file'
complete -c oocli -n '__oocli_at "files cp"' -l client-cert -r -F -d 'Send the client certificate in this PEM file, which also holds its key'
complete -c oocli -n '__oocli_at "files cp"' -l insecure -d 'Do not check the portal\'s certificate'
complete -c oocli -n '__oocli_at "files cp"' -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c oocli -n '__oocli_at "files cp"' -s q -l quiet -d 'Print only errors on stderr'
complete -c oocli -n '__oocli_at "files cp"' -s v -l verbose -d 'Log each request on stderr; -vv adds the headers'
complete -c oocli -n '__oocli_at "files cp"' -l debug -d 'Log everything, and the traces of bugs'
complete -c oocli -n '__oocli_at "files cp"' -l color -x -a 'auto always never' -d 'Use colors: auto, always or never (default: auto)'
complete -c oocli -n '__oocli_at "files cp"' -l no-color -d 'Use no colors, as --color never does'
complete -c oocli -n '__oocli_at "files cp"' -l error-format -x -a 'text json' -d 'Print errors as text or json (default: text)'
complete -c oocli -n '__oocli_at "files cp"' -l no-input -d 'Never prompt; fail instead'
complete -c oocli -n '__oocli_at "files cp"' -s h -l help -d 'Show the help'
complete -c oocli -n '__oocli_at "files rm" 0+' -a '(__oocli_remote)'
complete -c oocli -n '__oocli_at "files rm"' -s r -l recursive -d 'Delete folders with all that is in them'
complete -c oocli -n '__oocli_at "files rm"' -l permanently -d 'Delete for good instead of moving to the trash'
complete -c oocli -n '__oocli_at "files rm"' -s y -l yes -d 'Delete without asking'
complete -c oocli -n '__oocli_at "files rm"' -l dry-run -d 'Print what would be done and change nothing'
complete -c oocli -n '__oocli_at "files rm"' -l portal -x -a '(__oocli_portals)' -d 'Use this portal (default: see `oocli portals`)'
complete -c oocli -n '__oocli_at "files rm"' -l timeout -x -d 'Stop waiting for data after SEC seconds (default: 60)'
complete -c oocli -n '__oocli_at "files rm"' -l max-time -x -d 'Stop the whole command after SEC seconds (default: never)'
complete -c oocli -n '__oocli_at "files rm"' -l retry -x -d 'Retry temporary failures N times, at most 20 (default: 2)'
complete -c oocli -n '__oocli_at "files rm"' -l proxy -x -d 'Use this proxy'
complete -c oocli -n '__oocli_at "files rm"' -l cacert -r -F -d 'Trust the CA certificates in this PEM file'
complete -c oocli -n '__oocli_at "files rm"' -l client-cert -r -F -d 'Send the client certificate in this PEM file, which also holds its key'
complete -c oocli -n '__oocli_at "files rm"' -l insecure -d 'Do not check the portal\'s certificate'
complete -c oocli -n '__oocli_at "files rm"' -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c oocli -n '__oocli_at "files rm"' -s q -l quiet -d 'Print only errors on stderr'
complete -c oocli -n '__oocli_at "files rm"' -s v -l verbose -d 'Log each request on stderr; -vv adds the headers'
complete -c oocli -n '__oocli_at "files rm"' -l debug -d 'Log everything, and the traces of bugs'
complete -c oocli -n '__oocli_at "files rm"' -l color -x -a 'auto always never' -d 'Use colors: auto, always or never (default: auto)'
complete -c oocli -n '__oocli_at "files rm"' -l no-color -d 'Use no colors, as --color never does'
complete -c oocli -n '__oocli_at "files rm"' -l error-format -x -a 'text json' -d 'Print errors as text or json (default: text)'
complete -c oocli -n '__oocli_at "files rm"' -l no-input -d 'Never prompt; fail instead'
complete -c oocli -n '__oocli_at "files rm"' -s h -l help -d 'Show the help'
complete -c oocli -n '__oocli_at "demo" 0' -a 'serve' -d 'Run a demo portal for your own tests, on this machine only'
complete -c oocli -n '__oocli_at "demo"' -l kind -x -a 'workspace docspace' -d 'Be a portal of this kind: workspace or docspace (default: workspace)'
complete -c oocli -n '__oocli_at "demo"' -s q -l quiet -d 'Print only errors on stderr'
complete -c oocli -n '__oocli_at "demo"' -s v -l verbose -d 'Log each request on stderr; -vv adds the headers'
complete -c oocli -n '__oocli_at "demo"' -l debug -d 'Log everything, and the traces of bugs'
complete -c oocli -n '__oocli_at "demo"' -l color -x -a 'auto always never' -d 'Use colors: auto, always or never (default: auto)'
complete -c oocli -n '__oocli_at "demo"' -l no-color -d 'Use no colors, as --color never does'
complete -c oocli -n '__oocli_at "demo"' -l error-format -x -a 'text json' -d 'Print errors as text or json (default: text)'
complete -c oocli -n '__oocli_at "demo"' -l no-input -d 'Never prompt; fail instead'
complete -c oocli -n '__oocli_at "demo"' -s h -l help -d 'Show the help'
complete -c oocli -n '__oocli_at "demo serve"' -l port -x -d 'Listen on this port (default: 0, any free port)'
complete -c oocli -n '__oocli_at "demo serve"' -l kind -x -a 'workspace docspace' -d 'Be a portal of this kind: workspace or docspace (default: workspace)'
complete -c oocli -n '__oocli_at "demo serve"' -l tls-cert -r -F -d 'Use this certificate for https (PEM)'
complete -c oocli -n '__oocli_at "demo serve"' -l tls-key -r -F -d 'Use this private key for https (PEM)'
complete -c oocli -n '__oocli_at "demo serve"' -l tfa -x -a 'app app-new sms sms-new' -d 'Require a second factor: app, app-new, sms or sms-new'
complete -c oocli -n '__oocli_at "demo serve"' -l api-keys -d 'Create an API key and print it (DocSpace)'
complete -c oocli -n '__oocli_at "demo serve"' -l fault -x -d 'Answer matching calls with STATUS; * matches any method or path'
complete -c oocli -n '__oocli_at "demo serve"' -s q -l quiet -d 'Print only errors on stderr'
complete -c oocli -n '__oocli_at "demo serve"' -s v -l verbose -d 'Log each request on stderr; -vv adds the headers'
complete -c oocli -n '__oocli_at "demo serve"' -l debug -d 'Log everything, and the traces of bugs'
complete -c oocli -n '__oocli_at "demo serve"' -l color -x -a 'auto always never' -d 'Use colors: auto, always or never (default: auto)'
complete -c oocli -n '__oocli_at "demo serve"' -l no-color -d 'Use no colors, as --color never does'
complete -c oocli -n '__oocli_at "demo serve"' -l error-format -x -a 'text json' -d 'Print errors as text or json (default: text)'
complete -c oocli -n '__oocli_at "demo serve"' -l no-input -d 'Never prompt; fail instead'
complete -c oocli -n '__oocli_at "demo serve"' -s h -l help -d 'Show the help'
complete -c oocli -n '__oocli_at "doctor"' -l format -x -a 'json' -d 'Print one JSON document'
complete -c oocli -n '__oocli_at "doctor"' -l portal -x -a '(__oocli_portals)' -d 'Use this portal (default: see `oocli portals`)'
complete -c oocli -n '__oocli_at "doctor"' -l timeout -x -d 'Stop waiting for data after SEC seconds (default: 60)'
complete -c oocli -n '__oocli_at "doctor"' -l max-time -x -d 'Stop the whole command after SEC seconds (default: never)'
complete -c oocli -n '__oocli_at "doctor"' -l retry -x -d 'Retry temporary failures N times, at most 20 (default: 2)'
complete -c oocli -n '__oocli_at "doctor"' -l proxy -x -d 'Use this proxy'
complete -c oocli -n '__oocli_at "doctor"' -l cacert -r -F -d 'Trust the CA certificates in this PEM file'
complete -c oocli -n '__oocli_at "doctor"' -l client-cert -r -F -d 'Send the client certificate in this PEM file, which also holds its key'
complete -c oocli -n '__oocli_at "doctor"' -l insecure -d 'Do not check the portal\'s certificate'
complete -c oocli -n '__oocli_at "doctor"' -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c oocli -n '__oocli_at "doctor"' -s q -l quiet -d 'Print only errors on stderr'
complete -c oocli -n '__oocli_at "doctor"' -s v -l verbose -d 'Log each request on stderr; -vv adds the headers'
complete -c oocli -n '__oocli_at "doctor"' -l debug -d 'Log everything, and the traces of bugs'
complete -c oocli -n '__oocli_at "doctor"' -l color -x -a 'auto always never' -d 'Use colors: auto, always or never (default: auto)'
complete -c oocli -n '__oocli_at "doctor"' -l no-color -d 'Use no colors, as --color never does'
complete -c oocli -n '__oocli_at "doctor"' -l error-format -x -a 'text json' -d 'Print errors as text or json (default: text)'
complete -c oocli -n '__oocli_at "doctor"' -l no-input -d 'Never prompt; fail instead'
complete -c oocli -n '__oocli_at "doctor"' -s h -l help -d 'Show the help'
complete -c oocli -n '__oocli_at "completion" 0' -a 'bash zsh fish powershell'
complete -c oocli -n '__oocli_at "completion"' -s q -l quiet -d 'Print only errors on stderr'
complete -c oocli -n '__oocli_at "completion"' -s v -l verbose -d 'Log each request on stderr; -vv adds the headers'
complete -c oocli -n '__oocli_at "completion"' -l debug -d 'Log everything, and the traces of bugs'
complete -c oocli -n '__oocli_at "completion"' -l color -x -a 'auto always never' -d 'Use colors: auto, always or never (default: auto)'
complete -c oocli -n '__oocli_at "completion"' -l no-color -d 'Use no colors, as --color never does'
complete -c oocli -n '__oocli_at "completion"' -l error-format -x -a 'text json' -d 'Print errors as text or json (default: text)'
complete -c oocli -n '__oocli_at "completion"' -l no-input -d 'Never prompt; fail instead'
complete -c oocli -n '__oocli_at "completion"' -s h -l help -d 'Show the help'
complete -c oocli -n '__oocli_at "help" 0+' -a 'environment exit-codes formats login whoami portals token logout call api batch files demo doctor completion help'
complete -c oocli -n '__oocli_at "help"' -s q -l quiet -d 'Print only errors on stderr'
complete -c oocli -n '__oocli_at "help"' -s v -l verbose -d 'Log each request on stderr; -vv adds the headers'
complete -c oocli -n '__oocli_at "help"' -l debug -d 'Log everything, and the traces of bugs'
complete -c oocli -n '__oocli_at "help"' -l color -x -a 'auto always never' -d 'Use colors: auto, always or never (default: auto)'
complete -c oocli -n '__oocli_at "help"' -l no-color -d 'Use no colors, as --color never does'
complete -c oocli -n '__oocli_at "help"' -l error-format -x -a 'text json' -d 'Print errors as text or json (default: text)'
complete -c oocli -n '__oocli_at "help"' -l no-input -d 'Never prompt; fail instead'
complete -c oocli -n '__oocli_at "help"' -s h -l help -d 'Show the help'
complete -c oocli -n '__oocli_at "api" 0' -a 'POST PUT DELETE GET PATCH'
complete -c oocli -n '__oocli_at "api" 1' -a '(__oocli_paths api)'
