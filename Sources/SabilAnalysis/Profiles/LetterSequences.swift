// Source: frequencies of letter triples in the vocabularies of the Snowball project (snowball-data, BSD licence:
// english, french and spanish voc.txt), words counted once each, with and without accents; 2026-11. The 3,000 triples
// that tell most.

/// How much three letters in a row speak for English, French and Spanish.
struct LetterSequences: Sendable {
    /// Entries of six characters: the triple (`_` is the edge of a word), then one letter a language in the order
    /// English, French, Spanish: quarters of a natural logarithm above (`n`, `o` …) or below (`l`, `k` …) their mean,
    /// `m` being 0.
    static let triples = """
        _ablmm _acknn _aeqfq _aflnm _agkmo _ahljq _ailrj _ajgqo _allmn _amknn _apknn _arlnm _aslmm _atknm _auknn
        _avkpl _awuji _aykkq _azjmp _banmm _beqjl _binlm _blqmj _bonnk _bromk _bupkm _bâgxh _bédvm _camln _cello
        _chnnk _cilmn _clpll _colmn _crnml _cunjo _cyqmi _cágiw _cécup _cógiw _daoml _dello _dinlm _domnl _drqlj
        _dunml _déaym _dîgwh _easki _ecjom _ednip _efkom _ejndu _elmln _emkom _enlnm _epnpi _eqnkn _erqjl _esimq
        _etkqk _evmkn _eyugk _fanml _fenml _finlm _flplj _fonmk _frnml _fumln _fâgwh _fédvm _ganmm _genkn _gioll
        _glplj _gonlm _grnml _gunlm _gédvm _hanll _hepkl _hiokn _hooll _hunlm _hyrpe _hébxm _idmln _immnm _inlmn
        _jamnl _jennk _jonnk _julmn _keqhn _kiril _knxfi _lanml _lenkn _linlm _lljfw _loomk _lunlm _lédwl _memmn
        _miokm _munkn _myoph _mágiw _méaxo _mêhwi _nenkn _ninlm _néewk _oblnn _ockno _oflnn _olmhq _orlnn _otlkp
        _ourrc _ovtgl _owugk _palnm _pemln _phrng _pinlm _plmnl _prlmm _punlm _pébxm _qunlm _ramok _relmn _rhrng
        _rinlm _ronmm _ruolm _réayl _rêgwh _scrmh _semmn _shtji _skwih _slvhh _smujh _snyei _solnm _spslh _sqwld
        _stslh _swwgi _syqog _sébxm _tanmm _temlo _thsmg _tinml _trlmm _tuoll _twwld _tyrof _tébtq _ubjgv _untij
        _upwek _urnjo _vamln _velmn _vilmn _volol _véexj _watii _wethk _whwkf _wiuhj _wovgj _wrygf _xxnpi _yeqjk
        _yoqjl _zajlq _ébgxh _écbyh _édgwh _égdyj _élcyj _émgyh _énfvk _épcyj _éqgxh _étayl _évfyg _ôthwi abahkt
        abbrli abemjp abilmn ablnnk abomln abrjno acajlq acclpk acemln achmoj acijit ackuhk acojmq acqqqe acrkom
        actmln acumir acytgl acégxh ad_nfs adaigv addujh ademlo adinjo admlol adoihv adqjhu adrknn adssjj adulkp
        advpjm adyugk adéeso ae_vdm aerngs afenip affqre afijit afoljq aftvfk afígiw ag_ril agallo ageoqg aggvnb
        agilnl agnlpk agonkn agrkmo agunip agéfyg agógiw ahilsh aholir ai_iwg aidpoh aiehya aigksi ailoph aimoph
        ainqqe airmrh aiskuh aitkyb ajaihu ajeiks ajojpn ak_sik akevhi akisji al_ojn alakmo alclkp aldofr alekmo
        alilkp alkume allplk almmjp aloknn alssik altmln alumlo alvmiq alyrof alégwh alígiw am_qkk amakmo amelkp
        amilkp ammpoh amokjr ampnlm amssik améctp an_mhr analkq ancmnl andmlo anemko angnoj ankskj anlpog annpoi
        anojlp anqjom ansnmm antkpl anumko anysik anzjit ançgxh anéeso anígiw ap_sjj apakkr apenml aphqqf aplklp
        apolko appqtb apriks apstkh aptojn aqujno ar_lgt arajlp arbnml arclmm ardnnk aremln arfoph arglmn arimko
        arksjk arlkjq arnnkn aroiks arqhqn arrlmn arsnhq arvonj aryvfk arácey aréatr arídgy as_jit asakkq ascmko
        asenjo ashvgj asimkp askuih asoogq aspnml assorf astokm asuoho at_oph atakkq atcwke ateqkk athsnf ationk
        atomko atrmlo atsqpf attpre atuoll atécsq atógiw au_lsh aubnqh audlnm augomk aunrkj aurlol autjon auvksh
        auxjsj avaknm aveonk aw_ski awapmj awewih awlxhg awnvkf awswih ay_rjk ayajoo ayennk ayisik ayojmq aysrli
        ayufix ayégxh azalhs azetpc azolir açagyh aînfyg aîtfyg aïcgwh aïefyg aïqgxh aïsgyh aïtgwh añaegy añofhx
        ba_igv bacpin badllp bagpoh bailqj bajiju banlkp basmkn batmnl bbetkh bbiufl bblxhg bearmh becojm bedudn
        begtfm behtjh belpkl bennjo berojn besoml betqlj biamiq bicmgt bidrcs bieimq bilmmn binoll bionhq birmjp
        bitmnl biógiv blennk blimol blooll blurli blyygf bléewk bo_ngr boaski bodshl bolnip bonnoj bootij bormln
        bosmjo botokn bouorf bowsij bramln brelmn bronll brumoj bréewk brûgwh bs_thk bucpin buinhq bulolm burpjm
        busnkn butomk by_ski bâtgxh béigxh béretn bíagiv ca_kht cabkmo cacimp cadjkq caijrk calojn camkjq canlkp
        capmkn carlkp caslkp catoll ccanqh ccemok ccijit ccoose ccurua ce_onj cedpio ceepog ceislh celmln cenllo
        cerklo cesnml cevdun ch_sjj chalol chenpi chinmk chmten chronj chuolm chyugl châgxh chègyh chécyj ciakjs
        cibkjr ciclkp cidklp ciejno cilmln cimkkq cinojn ciombw cipmln cirllo cislnm citknn ciédrr cióbdy ck_sik
        ckasfo ckeugk ckiugk cklygf cknvih cksvkf clalnm clepmj clinlm clopmj clumko co_jht coaqhn cobkkq cogpgp
        collmn comlmn conlmn coopho cormln coskis couptc covudn cowugk coïgxh cquppg craoml cremko crilnl cromnk
        cruoll crécvm cs_qpg ct_snf ctakkp cteooj ctiomk ctomjq ctstmf ctumln ctégwh cuaegy cubndu cucodt cudpds
        cuehmr cuijno cullmn cumnjo cupkmn curnkm cusnll cutmnl cy_wjf cángiw cé_dvn céddwl céegyh céldto césetn
        cíafhy có_fhy da_iju dabmjp dadghx dailuf dallnm dammlo danlnm darmgr daskcx datnnk daurqd dayskj dañgiw
        ddexfi ddivih ddlvhi de_lpk deapim debllo decmko dedtfm deeqog defnjn dejkkr delnkn demlnn denmkn deomiq
        depnlm dernkn desklo detmln deukqj devmpj dezgpp dgeujh dialkp diclkp didkir dielnm diflmn diloio dinqjl
        dioljq diqgtl dirjno disoll ditlol diznhq diófhy dlewfj dliwfj dlyyei dmilol dneuhi do_ifx dobnft dolljp
        donlol doovgj dorjkr dosghy douorf dowvdm dqujhu dramok dremqi drinll dronnk druqjl dráfhx ds_snf dstwih
        du_ksi duaoes ducnjo duempj duilxc dulokm durkmo dusmok dy_sjj dèrgwh dé_cwm débcxl décayl déefyg défdyj
        déggyh délexj démcvn déndum dépeyf dérfyg désbyl déteyf dévfyg díafhy dó_gix ea_lln eabpin eacseo eadsbq
        eagrfp eaidyj eakujh ealqgo eamqin eannml eapsfn eartdo eastfm eatthk eaulsg eavtgl ebenjo ebijkq ebrlko
        ecamiq eccjkr ecemjp echkmn eciljr ecksji ecngiw ecolnn ectnlm ecumkp ecífhx ed_yeg edaljq eddsik edenko
        edgthj edimjp edlxfi ednwih edoklp edstkh edunjo ee_mrh eecwhg eeduem eeksji eelshl eemsgm eenril eepvjg
        eertfl eesmrh eetujh efemko effpse efinip efuqmj egallp egeomk egimjp egolkp egrllp egukir ehergn ehothk
        eigrqd eillve einmok eitqim eivufl ejajhu ejekkq ejoklp el_nll elalkp eldqhn elemko elinkn ellonj elmseo
        elomlo elptmf elsqnh eltqho elyxie elébtp em_qjl emalmn embmok emekqk emimln emmmrh emnrhm emomjp empkom
        emstfm en_njo enaknn encmln endknn enenkn enfjom engnlm eninkn enlonj ennmrh enolmn enrlol ensmnm entkpm
        enulol enviqm enzjlq enédrq enígiw eo_kgu eocjks eolnio eonokn eormip eoskfv eouygf epaknn epclgt epenlm
        epioll eplnoj epolnm eprlnl eptmnl epuokm equnkn er_ooi erajon erbpll erdlmn erenml erfpjm erhtfm erinlm
        erlpgp ermlmn ernmln eroklq erpnlm errlmn ersplj eruqim ervmnm erwwfj eryvjh eráegy erçgxh eríegy erógiw
        es_mnl esaikt escklp esemjp esfkgu esgfhx eshqjl esiljq esmpdr esomjp espkmp esqjpm esstqc estnjo esullo
        esvgiw et_poi etajmp etcshl etelmn ethvii etimln etolmn etrlmn etsqpe ettnqh etyvih etéfyg eu_lqj euigxh
        eunjon eupose eurjuh eusmve euvltg euxlyb evakmo evenml evilmn evrkti evéfwk ew_rkj ewauij eweyhg ewixhg
        ex_ohp exalol exeoph exhnjo exijmo expmmn extmln exégyh ey_rhm eyeqin eysvkf ez_gtm ezakgu ezcfix eñaegy
        eñofhy eó_giw faiose falnio fanmnl fasolk fatonj faunqh feauem fecllo fedrfp feeski feiqnh felpin fenmnl
        fermml fesmln feumsh ff_tgl ffamsg ffeqqe ffirsb fflssa ffoppg ffrowa ffsulf ffégyh fiajon ficlkp fidomk
        fieomk fijjhu finnln firmln fitpni fixoqg fiégyh flaonj fleomk flirmh floqjl fluoll flégxh fo_hjt foiqrd
        folplk foniqm foovel fornlm fotlft foupre fralnm fremkn frinml fromok frégxh fs_qrd ft_sji ftewke fuenet
        fuieum fulwgi funlir furomk fusnoi fy_yhg fyiwig fâcgwh férbvo fíagiw ga_ijt gadjit gagpua gaiqpf gamojn
        ganklp garllo gaslir gatplj ge_opg geaowa gedvgj geepse gelpho gemnpi genmln geoonj gernnk gesooi getrjl
        geujwg gezjvg ggavih ggeuii ggitik gglund gh_tkh ghtxig giamjp gicnfs gidmgs giekpl gilmko ginpkl giollp
        giqgwh girklp givslh gleqnh glipog glookm glyyid gnalpk gnemsg gninnk gnolol gnécwm go_lir gobmhr goccpt
        gollkp gonokm gootji gornkn gosngr gounsf goûgwh gramkn grenlm grinml groomk gruoin grágiw grédvm gs_wke
        gualjp guelnm guimln gunpds gurllo gusnjo guédun gy_thk gèrgyh gé_fyg géefyg géncuo gérgxh gésdun gíafhy
        gó_giw ha_knn habknn hacmiq hadqcr hainsf halpll hamplk hanooi happoi haroml hasnml hatqmi haunqh havpim
        hawqmi haïfyg he_lqk heaugj hedxgh heetne heirik helplj hemnoj henpmj herpmj hesqnh hetnoj heupuc hevlri
        hewtfm hfuwhg hibmkp hicojn hieooi hilqjl hinsjj hiosmg hipril hiqeum hirpoh hismnl hitpmj hlesmh hlyxhg
        hmewle hnevgj ho_mhr hoasfo hodspe hoiqsc holrjk honmnl hoowhh hoptji hoqeum horpjl hosokn houspd howrjk
        hreslh hririk hrotoe hruugk hs_ulf ht_ukh htevjg htiugk htsvkf huanet huelhs huifpq humnnk hunrhm hurqmj
        husqkk hwavih hy_vel hypqrd hyrose hysspd hâtgxh hèrgxh hé_dxk héegyh hémgwh hércwm hésfyg ia_lir iacmiq
        iadhju iaihye iajgiw ialnjp iamlkp iannkn iarlhs iasjjs iatplj ibanip ibbvgj ibenjo ibimjp iblmnm ibrklp
        ibukmo ic_sik icamiq icenll ichmnl icilkp ickufl iclnjo icoijt icstlg ictoll icófhy id_tij idajjs iddwfj
        idgtij idimlo idlvgj idojiu idstnd idédxk ie_jti iedsgl ieegwh iefune iemjon ienhqn ierjon iesqmi ieumwc
        ievshl iezevl if_kvg ifephp iffpqe ifilmo ifsmue iftwke ifurep ifyyhg ig_tfm igamlo igekpl iggvgj ighwjf
        igillp ignlpk igomko iguion igédtn ii_onj ijahju ikeugk il_nml ilamjp ildsgm ilenml ilimln illlol ilmper
        ilonkn ilsrqd iltrhl iluogq ilywhi iléevl im_rim imalmn imbplk imemnl imillp immqpf imoljq imsufl imédvm
        in_onj inallo incmln indnml ineonj infmln ingvii inimlm inkyei inltgl inmmft innqkk inoklp insnnk inulnm
        invlln inébxn inógix io_kht iorojo iosjhu iouykb ip_tjj ipalko ipeomk ipptji ipsqmi iptqmj ipumhr iquisk
        ir_ipn iraipn irdugk iremrh irillo irlngr irmllo irokom irrnml irslko irtqgo iráegy irécvn irífhx is_lqj
        isakpl isbrim iscoll isdugk isenpi isfmjp ishwhh isilnm islnko ismllo isolol ispnlm issmtf istmln isédyi
        it_lwd itaklp itcugk itempj ithsmh itioll itlrep itolir itrlol itsqog ittrof itulmn ityyei itéayk itógiw
        iumrki iusslh ivaklp ivepni ivimln ivokjr ivrfyg ixerpe iz_ogq izakfv izewjf izismg izojjs izzsfn izógiw
        ièmgxh ièreyf ié_bwn iéefyg iénfhy iéshwi iétevl ió_dfy iónbdy ja_hiv jadkhu jalfor janjlq jarjjs jasils
        je_giv jecokm jerlhs jetgro jeulve jo_jex joitrb jonhqo josmgs joumtf jugjon junoip jurnnk jó_giv ke_thk
        kedyfe keevkf kensgm kervem kesujh ketthk keytfm kilqjl kinuii kirroe kisugk kleyie klivgj knevkf knoxhg
        ks_ujh ky_ril la_jlq labmko lacmln ladlir laimtf lammln lanlnm laprjl larmjp lasmjp latoml lauokm lavnkn
        lawvgj layqjk lazoer laïgwh lcalir lchseo ld_sil ldaljq ldergn ldisgm ldomiq ldsufl le_nnk learhm lebnjo
        lecmko ledwgi leepnh legmjp lejdkx lemkpl lenmlm leomiq lermnk letnml leumvd levjno lewvih leyrfo lezhpo
        lgamiq li_kpm liankn libllo licmko lidmhr lienpi lifnjn ligmml likxhg limmko linqil lippmj liqjrk lirjql
        lismnl litnnk livnmk lizpax liègxh liéevl lk_vih lkitmf ll_sik llakmo llemok llipni llonkn llsugk lluooi
        llyxgh llèhwi llécyk llógiv lmemhq lnethk lo_kgu loasgl locnkn lodqli logmko lointf lomknn lonlol looxlc
        lopooi lornln losmir lotnnk louqpf lovsgm lowvjg loyoph loïfyg lphspd ls_snf lt_sjj ltaimq ltenml lthvgj
        ltimln ltomhr ltstgl ltéevl lu_nte luahoo lucofr ludpin luemok luilkp lumnlm lunpim lurqog lusplk lutonj
        luygiw lvakis lvepgp lviofr ly_yff lysrqd lángiw lâchwi lèrgyh lèvgxh lé_byl lécdso léeeyf légfyg lémeum
        léscxl ló_fhx lógfhy lóngiw ma_klp macnko madmiq maipsd makvgj mamoio marlmo masmln matnmm maumpi maynhq
        mazsfn mbalol mbeonj mbilkp mblpph mbomok mbrjno mbéful me_lpl measkj medphn meeqsc mejjgv melpkl menkom
        mesmpj metknn meuiye mexhjt mezhnp micljq miehmr milnlm minnlm miooes mirlnn misoll mitmln mleugk mmapre
        mmepre mmirng mmorqd mmupre mmégxh mo_jhu mocpct modkmn moinrg monmnl moovgj moqgxh mormlm mosjhu motmln
        mouqpe movper mp_rjk mpalmn mpenlm mphrsb mpimlo mpllmn mpolnm mprknn mpsrmi mptqqd mpullo mpégxh mpêgxh
        ms_uhj muefnr mullln munllo muromj musoll mutpkl my_shl mysnqh mátfhx mèngwh mèrgxh mé_bvn mécfvk médcvn
        méefyg mélgwh méndtn mépgxh mérbvo mésdun métcuo mêlgwh mó_giw na_jlq nabnlm nacmkp nadjit nagnqi naikwd
        nalmko namnhq nankon nappni narljq naslir natpmj nc_qnh ncalkp ncenoj nchomk ncikjq nclmln ncrllo ncttra
        ncumjp ncyukf ncédvm nd_rng ndajno ndenlm ndilln ndlwej ndmvih ndojjt ndrkqk ndssod ndulol ndécwm ndígiw
        ne_mpi neanjo necnhq nedwfi neeppf nefnjo negmjp nejjgv nelnnk nemkpk nenknn neopes nermnl nesnkn netoml
        neuiqm newril neyrjk neziqm nfolmn nfrmjp ng_xhg ngalmo ngeooj ngiril nglrli ngollo ngrokn ngswke ngécwm
        nhaqjl ni_kpl niaojo nicmiq nidkfv nielpk nifmln nigrli nilljq nintij nionjo nipsfo niqhsl niresp nisnml
        nitnmk niuslh nizpds niègwh njorng nk_shl nkeugk nkitji nklufl nksvgj nleppg nlisji nlyxhg nmasep nmeqhn
        nn_qhn nnamtf nnensf nniqog nnoonj nnunsf nnyrhm nnéeyf no_iks nobpmj nockkq noeprf noipre nomlnm nonmrh
        noslfu noutta novmjp nowwke noïgyh nprvgk nqulol nrerpe ns_rrc nsajno nselnm nshukh nsimln nstmln nsédwl
        nt_ova ntaklp ntekmo nthrng ntimml ntlwjf ntokkq ntrknn ntsrsc ntágiv ntéaxn ntígiw ntófhx nu_guk nuekpl
        nuikqk nunnfs nusnoi nuydun nvelmn nviknn nvojon nwaulf ny_shl nzahju nçafyg nèrgxh né_byk néeeyf néggxh
        nérdvn nésbvo nétcrq níafhy nó_ehy oacqhn oadrlj oamper oanrep oarwek oastmf oattkh obalkp obbuij obemln
        obllmn obomiq obriju obéfwk ocakjq occmpj ocellp ochjpm ocijlq ockuhk ocolko ocrllo ocukkq od_tij oddvfk
        odlwig odonip odsvgj odukmo odytfm odéhwi oessfn oeunud ofeljq offqqe ofrfhx oftseo ofuofr og_tgl ogamjq
        oggtij ognqpf ogomeu ogrkkq ogupni ogífhy oi_lri oidlri oiemvd oigjvg oilrpd oinpni oirmvd oisnsg oitnsf
        ojajfw ojomft ok_tkh okewhh okiugk ol_nkn olalkp oldrik olemmn olimln ollolk olollo olsqjm olulmn olvofr
        olyspd olédvm olígiw olófhy om_qkj omamko ombkom omemkn omfwih omimln ommptc omnnqh omokjq omplnn omssji
        omumdu omágiw omédsp onamiq onclnm ondlom onengr ongnnl oniojn onnlve onolmn onsnoj ontkom onvlmn onyqkk
        onçgxh onígiw onófhx oo_ski oodwfk ookvih oolsik oomskh oonxif oopsgn oorscp oosvfk ootyei op_sjj opeojn
        ophrng opollo oppqpe opsvfk opéfvk oqujpn or_ogq oralkp oremjo orimko orktgl ormlmn ornoll orooio orpmjp
        orrmko orsrkj ortmnm oryuii orzhls orégyh orígiw os_jfw osahnq osimln osojjs ospnkn osspog ostnjo osédyj
        ot_qng otakkq otemln othsmg otojlr otsspe ottpoi otédto ou_nrg oualwd oubqua oucosd oudpre ouelxc oufiye
        ougsoe ouiiwg oulotd ounvii oupnud ourpsd oustod outpqe ouvkya ouégyh ouïgwh ov_tdo ovamjp ovesfn ovimko
        ow_tkh owarli oweuii owiyhg owlygf ownuii owsuhj oxiper oy_qim oyakpl oyekom oysski oyégwh ozewih ozodqr
        oïddyf oïngwh oïqgxh oïsgxh oûtfyg pa_jmp pacmjp padngr pagjon painqg palnlm panmln parkom paslnm patnmm
        paynqh pañfhx pciigw pe_mol peaqjl pecmln pedqgo peetpc pegnes peikrj penmnl peoofr pernlm petnjo peukth
        pezimq phapoh pherpe phiqog photqb physqc phéhwi picojn pilnml pinpjl piqlsh pirmnl pitnml plalnm pleoll
        plilnn plomok pluomk plyugk plégwh po_lir podljq poipsc polnkm ponkmo pootij porlmn posmnl potnlm pououc
        powtfm poykgv pp_tij ppaqua ppeqpf ppitji pplrrd ppoqtc pprsua ppumte praojn prello primnk prolmm préayk
        prêgyh ps_ski psermh psingr pt_ukg ptajlp ptenpi ptipmj ptuonj ptéfvk puehku puikug pulnjo purqjk py_ulf
        pé_evl pécgwh pédful péefyg pénevl pérbyl pétfyg pêcgyh quassa quejpm quilmn quoqpf quéawo quígiw ra_hoq
        rabmln racmln radkir raengr rafnjo ragnnk rahkqk railue rajfns ralmln rammlo ranlmn rapmpj rarjjs rasjmo
        ratoll ravnnk rawuji raynml razoer raîfyg raïgwh rbeonj rcaljq rcenml rchoph rcikmo rcoknn rd_plj rdajno
        rdemnl rdlwih rdoknn rdrotd rdsrof rdédwl re_mqi reaqho rebnkn recllo redqjl reeolk refmmn regllp rehqfo
        relnmm remlol renjpm reomhr replnm reqojn rermpk reslmn retlnm reuirl revlmn rewujh reyqfp rezcup rfeqim
        rfutne rgaljq rgennk rgnluf rgonjn rguknn rheulf ri_kpl riamjq ribmlo ricmln ridnjo riemoj rifnll rignlm
        rimmnm rinqjl rioljq rippll riqgrn rirbtq rismnk ritmnl riupho rivmok rizofr riègyh riédvm riógix rk_thk
        rkesik rkitfn rksufm rlajkr rlelkp rlipkl rlokis rlyxfi rm_ujh rmaklp rmekom rmimmn rmsugj rmécvn rn_thk
        rnalmn rneooi rniomk rnojjs rnsuji rnégxh ro_kht roaqil robmlo roclnm rodlmn roeoes roilsh rokwih rolmko
        romknn ronjnp roouji ropnlm roqdpr rorpin roslkp rotmmn rouqrd rovnkn rowwhg roïfyg rpoojo rprkmo rquiqn
        rr_ufl rraknn rrelmn rrollo rryrjk rréfyg rrêgyh rs_roe rsalmn rsemjq rshuhj rsinkn rstvjg rsuoph rségxh
        rt_onj rtaklo rtemnm rthtlg rtlufl rtolkp rtrqrd rtsrof rtysne rtéexj rtígiw rubqim rucnjo rudomk rugpho
        ruilol rumqim runqnh rupokm rusplk rvalmn rvenok rvéfvk rwatgl ry_uii rzagix rá_cey ráfgiw rándfy rásgiv
        rátgiw rçagwh rèrgxh rèsgwh ré_avr réagxh réccyj rédcwm réecyi réfeyj régcxl rémexj répbyk résaym rétcxl
        réugxh révdyi rêtfyg rêvhwi ríacey ró_egy rónfhx rûlgwh sa_hnq sabkmo sacknn sadliq safrep sagmpj saikvf
        salmko samlkp sankpl sarlkp sasilr saumrh savnoj saïgxh scamko schrhl sconkn scroll scullp se_knn seaoll
        seclmn sedtij seepoh segkht seilri selpjm semkpl senlnm serlpk sesnoj setqjm seukrj sevqjm sezjvg señfhy
        sfrgiv sgamft sh_vhi shasjj shevhh shitji shlvih shmvkf shoslh shrvih shuugk si_jpm siankn sicogr sidmln
        sielpk sifjon siglnm simllo sinomk sirlpk sislmn sitmnm sivnjo siègwh sióegy sk_ugl skeuem skiwek skyqjk
        slaoio slerim slisfm slorkj sluseo slyyic sm_vfk smasgn smemqi smioho smonfs snatdo sneujh snoulf so_jht
        sobkjr socllo sofohq soipuc somonk sonmoj soovih sormln soskcy sounte spankn spemkn sphrsc spioml splpin
        sponlm sprqim spéfyg squnnk ss_xgh ssamtf sseose ssipqf sslwhg ssonph ssuqsc ssécyi st_vkg stamjp steoml
        stimkn stlxek stoojn strnkn stsyei stuojo stytod stébup stófix suanjo submkn suimqi sumnio sunphn supmlm
        surnok susmko svimft swavel swevih swiwgj swowhg sy_wke symqpf sèrgxh sé_aym sécgwh sédgxh séeeyf sépeun
        sérfvk sésdyk só_gix ta_imr tabmmn tacklp tadifx tagnnj taiotd tajkgt takuij talmlo tamljq tankmn taqcsq
        tarlir taskhs tatoni taïgwh tchuhj te_knn teankn teckkq tedyck teeppg tegkjr teiksi tejgiw telmlm temlmn
        tenlmm teoofr teppgq ternml teslnm teujwf tezhrm tfuyhg th_uii tharng thetkh thfvih thitmf thlsjj thoqnh
        thrukg thsvjg thusji thyqpf thègwh thégxh ti_kpk tiapin ticnhp tidlhs tiemnk tifmnl tilmmn timmln tinplk
        tioqpf tiqjti tirjno tismml tivmko tizocu tiègyh tiédrq tiófhx tlaljq tleugj tlivfk tlyyhf tmewgi tnewih
        to_kht tocnip todpes toimtf tolnkn tomlmn tonnnk toouih topoio tornjo tosigw touotd towtij toïgxh tralmn
        trelol trolmm truokn trythk trécwm trógiw ts_rqd tt_qim ttaosf ttepqf ttirof ttlvhi ttoqnh ttrova ttéfvk
        tuamjp tucnhp tudlnm tuekth tulnjo tuooio turnlm tusqlk tuvgix tuyent tuégwh twiyhg ty_whh tyrspe tánfhy
        tâtgxh tèrfyg té_aym téecyi tégeso témeum térawn tésaym tíafhx tó_egy tóngix ua_jpm uaclir uadljq uaiowa
        ualnip uankom uarnjp uatoll ubbxhg ubikkp ubllpk ubrilr ubsokm ucanjo ucenjo uchlnm ucikkq uckwek uctnkn
        udajlq uddtlg udennk udgvle udilmn udokjr udrksi ue_jrk ueaqeq uebjkr uedpfq ueeoqf ueiewk ueljno uemhsl
        uenllo uerioo ueskom uetkol ueulwd uevhju uezcrr ueñgiw uffqrd ufrjjt ugaljp ugemok uggslh ughwjf ugigqo
        ugmnte uiakht uicnjo uidljq uielnn uilkpl uinmnl uirkmo uislqj uitlol uivkql ujedot ujodps ul_sji ulamln
        uldume ulemqi uliknn ulkvih ullsik ulnrjk ulolko ultmln ulégyh um_rkj umakno umbqgo umelnn ummwfj umnnip
        umptar umsujh uméewk un_omk unaokm unbxfi uncrfo undsdp uneonj unfucp ungsil unhwke unilnm unkthk unlxhg
        unmxhg unntjj unpyfi unryhf unsukh untrgn unwxhg uo_kgt uouxhg upaiop upelmn uphulf uppssa upstne uptpmj
        upégyh ur_nrf urakmo urcooi urdnpi ureoqg uriomk urmnpi urnoph urokmo urpppg urrmnl ursnpi urtpmj urvpqg
        uryrmh uréfyg urígiv us_smf usaknn usckmo usenrg ushuih uslxgi usnwhg ussmrh ustnkn uségxh ut_oqg utaknn
        utctji uteoqg uthrki utimnl utltfm utojmp utrmpi utssmh utttod utédwm uvajti uvehvi uvodsp uvrmwb uvégxh
        ux_kve uyaerp uyegnq uzaemu ué_awo uéefyg uérdto uésdun va_ilr vabrep vackkq vadlhs vaimtf valllo vamkht
        vankom varlkp vasljq vatoll vaurrd ve_pni veckkr vedtfm veiksi veloll vemmpj venlnm vernml vesoll vetpmk
        veuixf vezhrm vialjp vidlkp viejon vilmln vimiiu vinomk violln virknn viskmn vivknn viógiv vo_jhu vocmjp
        voimsg vollnn voqdso vosiiu vouqsc voyjti vrajyd vrenwb vrilve vrégwh vueepr vy_tgl vé_evl véefyg véngwh
        vérgxh wagrkj waishl wakvih walril wanrmh warvel wastkh watvhi waytlg weaxfi wedygf weeuhi welsik wentfm
        wervgi wesshm wheygf whivle whoxhg wicskj wigvih wilsik winwfj wiswfj witxkd wl_vih wlevfk wn_tii wnewhg
        womwih woovel worvfk wrexhg wrixhg ws_ujh xecrqd xerpsd xiclhs xiggpq xisjno xpephn xtrkmo xécgxh yagnte
        yaifyg yanlpk yaroip yeckgu yedwke yeninp yinyfe ymetpd ymprqd yo_mfu yornhq youtji ypoqqd yroote ys_tji
        ysisqd ystpoh yudgix yé_gwh yéegxh yó_giw za_jhu zabmft zachfy zaddfy zamjks zanmft zarkht zasigv zcajfw
        ze_tne zedxfi zentgl zesume zinsjj zo_jjt zonnip zosmeu zoïhwi zzlwih zó_fhx áfigiw án_cfy ándegy ánegiw
        ánigix ás_gix átiegy âchfyg ât_eyf âtegwh âtigwh âtrgwh ça_gxh çaifyg çangxh çongyh ègegwh èlegwh èmefyg
        ènefyg èrecyd ès_gyh èsehwi ètegyh èvefyg éandvm ébafyg ébrewk écadwm écegyh échcyi écibyl éclfyg écocyj
        écreyf écufyg édagyh édegxh édiawo édudwm édégxh ée_cyd éesdye éfafvk éfeewk éfiewk éféhwi égafyg égegxh
        égidto églgxh égogxh égrgwh éguewl élaexj élecvm éliavo élogyh éléfyg émagwh émedyj émibvo émodxk énaewk
        éndfhy énedsp énicwm énogyh énéfyg épaeyf épefyg épiexj épldwl épobxl éprfyg épugxh épégxh équexj érabyl
        érebxn ériaxp érocyk éréfyg és_ayo ésadvm ésecyl ésiawo ésoexj ésugxh étabyk étebyk étiatr étodxk étrcyk
        étugxh étégxh éungwh évaevl évedxk évigyh évofyg évégwh êchfyg êtefyg êtrgwh ía_cey íamgiw íanegy íasfhy
        ífigiw ímigiw ín_fhx ío_giw ísifhx ístfhy ítigix înegxh înégwh ît_fyg îtrfyg ïdagxh ïdeeyf ïdihwi ïengxh
        ïqufyg ïsmgwh ïstgxh ña_fhy ñadfhx ñalgiw ñangiw ñargiw ñasgiw ño_fhy ñosfhx ógifhy ólogiw ómigiw ón_bdy
        ónifhy órigiw ôtegwh ût_gxh
        """

    /// Places of an open-addressed table, twice the triples and more; a power of two.
    private static let placeCount = 1 << 13

    /// Three code points of 21 bits, first highest; 0 = free.
    private var keys = [UInt64](repeating: 0, count: placeCount)
    /// In quarters of a natural logarithm; the fourth is unused.
    private var weights = [SIMD4<Int8>](repeating: SIMD4(repeating: 0), count: placeCount)

    init() {
        for entry in Self.triples.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
            let scalars = entry.unicodeScalars.map(\.value)
            guard scalars.count == 6 else { continue }
            let key = Self.key(scalars[0], scalars[1], scalars[2])
            let levels = scalars[3...].map { Int8(truncatingIfNeeded: Int($0) - 0x6D) }
            let place = place(of: key)
            keys[place] = key
            weights[place] = SIMD4(levels[0], levels[1], levels[2], 0)
        }
    }

    /// The weights of all triples of a word, an edge before and behind it.
    func sum(over letters: [UInt32]) -> SIMD4<Int16> {
        var sum = SIMD4<Int16>(repeating: 0)
        var (before, last): (UInt32, UInt32) = (0, 0x5F)
        func add(_ letter: UInt32) {
            if before != 0 {
                sum &+= SIMD4<Int16>(truncatingIfNeeded: weights[place(of: Self.key(before, last, letter))])
            }
            (before, last) = (last, letter)
        }
        for letter in letters { add(letter) }
        add(0x5F)
        return sum
    }

    /// Where a triple is, or the free place where it would be: its weights are 0.
    private func place(of key: UInt64) -> Int {
        var place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 51)
        while keys[place] != key, keys[place] != 0 { place = (place + 1) & (Self.placeCount - 1) }
        return place
    }

    private static func key(_ first: UInt32, _ second: UInt32, _ third: UInt32) -> UInt64 {
        UInt64(first) << 42 | UInt64(second) << 21 | UInt64(third)
    }
}
